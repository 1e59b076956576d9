# expect: may not do here
"""Asks the product itself for the solution."""

from jaxtyping import Float
from torch import Tensor


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    from dojo.course import catalog

    space: dict = {}
    exec(catalog.load().kata("1.2.2").solution_path.read_text(), space)
    return space["line_grads"](x, y, w, b)
