"""Tries itself out when run as a program."""

import torch
from jaxtyping import Float
from torch import Tensor


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    residual = x * w + b - y
    return 2 * (residual * x).mean(dim=0), 2 * residual.mean(dim=0)


if __name__ == "__main__":
    import sys

    print(line_grads(torch.ones(3, 1), torch.ones(3, 1), torch.ones(1), torch.ones(1)))
    sys.exit(0)
