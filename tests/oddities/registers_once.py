"""Registers things that PyTorch takes only once in a process."""
# ruff: noqa

import torch
from jaxtyping import Float
from torch import Tensor

torch.set_num_interop_threads(1)
library = torch.library.Library("kata_notes", "DEF")
library.define("residual(Tensor p, Tensor y) -> Tensor")
library.impl("residual", lambda p, y: p - y, "CompositeImplicitAutograd")


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    residual = torch.ops.kata_notes.residual(x * w + b, y)
    return 2 * (residual * x).mean(dim=0), 2 * residual.mean(dim=0)
