# expect: stopped with
"""Raises an exception whose class lies about its name."""

import torch
from jaxtyping import Float
from torch import Tensor


class Meta(type):
    @property
    def __name__(cls) -> str:
        raise SystemExit(0)


class Nameless(Exception, metaclass=Meta):
    pass


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    raise Nameless
    return torch.zeros(1), torch.zeros(1)
