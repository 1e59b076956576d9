"""Prints characters of many scripts and half of one."""

from jaxtyping import Float
from torch import Tensor


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    print("größer ≥ 名前 😀 \ud800 \x00 \x1b[31mred\x1b[0m")
    residual = x * w + b - y
    return 2 * (residual * x).mean(dim=0), 2 * residual.mean(dim=0)
