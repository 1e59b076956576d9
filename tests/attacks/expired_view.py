# expect: derivative | disturbed the connection | crashed
"""Gives a view of memory that was given back."""

import numpy
import torch
from jaxtyping import Float
from torch import Tensor


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    array = numpy.zeros(1_000_000)
    view = torch.from_numpy(array)[:1]
    view.untyped_storage().resize_(0) if view.untyped_storage().resizable() else None
    t = torch.zeros(1)
    t.untyped_storage().resize_(0)
    return t, t
