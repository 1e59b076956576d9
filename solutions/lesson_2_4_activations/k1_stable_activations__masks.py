"""Boolean masks that fill an empty tensor; softmax slice by slice."""

import torch
from jaxtyping import Float
from torch import Tensor


def relu(x: Float[Tensor, "*s"]) -> Float[Tensor, "*s"]:
    out = x.clone()
    out[out < 0] = 0
    return out


def sigmoid(x: Float[Tensor, "*s"]) -> Float[Tensor, "*s"]:
    out = torch.empty_like(x)
    right = x >= 0
    out[right] = 1 / (1 + (-x[right]).exp())
    e = x[~right].exp()
    out[~right] = e / (e + 1)
    return out


def tanh(x: Float[Tensor, "*s"]) -> Float[Tensor, "*s"]:
    return 2 * sigmoid(2 * x) - 1


def softmax(x: Float[Tensor, "*s"], dim: int) -> Float[Tensor, "*s"]:
    slices = x.unbind(dim)
    top = slices[0]
    for s in slices[1:]:
        top = torch.maximum(top, s)
    shares = [torch.exp(s - top) for s in slices]
    total = sum(shares)
    print("total", total)
    return torch.stack([s / total for s in shares], dim=dim)
