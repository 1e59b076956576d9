"""Computes with map and reduce."""

from functools import reduce
from operator import add

from jaxtyping import Float
from torch import Tensor


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    rows = list(zip(x, y, strict=True))
    errors = [p * w + b - q for p, q in rows]
    first = reduce(add, [2 * e * p for e, (p, _) in zip(errors, rows, strict=True)])
    return first / len(rows), 2 * reduce(add, errors) / len(rows)
