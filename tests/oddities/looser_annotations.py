"""Annotates with plain tensors."""

from torch import Tensor


def line_grads(x: Tensor, y: Tensor, w: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    residual = x * w + b - y
    return 2 * (residual * x).mean(dim=0), 2 * residual.mean(dim=0)
