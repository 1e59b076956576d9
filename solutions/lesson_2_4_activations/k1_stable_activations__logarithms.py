"""Everything by way of logarithms: logaddexp and logsumexp don't overflow."""

import torch
from jaxtyping import Float
from torch import Tensor


def relu(x: Float[Tensor, "*s"]) -> Float[Tensor, "*s"]:
    return torch.maximum(x, torch.zeros_like(x))


def sigmoid(x: Float[Tensor, "*s"]) -> Float[Tensor, "*s"]:
    return torch.exp(x - torch.logaddexp(x, torch.zeros_like(x)))


def tanh(x: Float[Tensor, "*s"]) -> Float[Tensor, "*s"]:
    a = x.abs()
    return torch.copysign(-torch.expm1(-2 * a) / (1 + torch.exp(-2 * a)), x)


def softmax(x: Float[Tensor, "*s"], dim: int) -> Float[Tensor, "*s"]:
    return (x - torch.logsumexp(x, dim, keepdim=True)).exp()
