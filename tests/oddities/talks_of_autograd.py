"""Speaks of autograd, backward and grad, but doesn't use them."""
# ruff: noqa

import torch
from jaxtyping import Float
from torch import Tensor


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    """Like loss.backward() and torch.autograd.grad, but by hand."""
    backward = "loss.backward()"
    grad = torch.zeros(1)  # not torch.autograd.grad(...)
    x = x.detach()
    residual = x * w + b - y
    return 2 * (residual * x).mean(dim=0), 2 * residual.mean(dim=0)
