# expect: nothing found
"""Searches the memory for the solution's function."""

import gc
import types

from jaxtyping import Float
from torch import Tensor


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    for item in gc.get_objects():
        if (
            isinstance(item, types.FunctionType)
            and item.__name__ == "line_grads"
            and item is not line_grads
        ):
            return item(x, y, w, b)
    raise LookupError("nothing found")
