"""One example at a time, in plain floats, with two branches so that exp never overflows."""

import math

import torch
from jaxtyping import Float
from torch import Tensor


def one_loss(z: float, y: float) -> float:
    away = -z if y > 0.5 else z
    if away > 0:
        return away + math.log1p(math.exp(-away))
    return math.log1p(math.exp(away))


def one_probability(z: float) -> float:
    if z >= 0:
        return 1.0 / (1.0 + math.exp(-z))
    e = math.exp(z)
    return e / (1.0 + e)


def bce_with_logits(z: Float[Tensor, "n"], y: Float[Tensor, "n"]) -> Float[Tensor, ""]:
    losses = [one_loss(float(a), float(b)) for a, b in zip(z, y)]
    print(losses)
    return torch.tensor(math.fsum(losses) / len(losses))


def bce_grad(z: Float[Tensor, "n"], y: Float[Tensor, "n"]) -> Float[Tensor, "n"]:
    n = len(z)
    return torch.tensor([(one_probability(a.item()) - b.item()) / n for a, b in zip(z, y)])
