"""Is this the gradient? A judge for derivatives that somebody worked out."""

from collections.abc import Callable

import torch
from jaxtyping import Float
from torch import Tensor


def gradient_is_right(
    f: Callable[[Float[Tensor, "n"]], Float[Tensor, ""]],
    x: Float[Tensor, "n"],
    claimed: Float[Tensor, "n"],
) -> bool:
    """Tell whether ``claimed`` is the gradient of f at x.

    - A gradient that is right up to the rounding of float64 gives True. One that is off by a
      ten-thousandth (1e-4) of the gradient's length or more gives False, also when all of that
      sits in a single entry.
    - Only such clear cases are judged, and f is smooth around x. The entries of x are about as
      large as 1; f and its gradient can be as small as 1e-8 or as large as 1e8.
    - A right gradient may have entries that are next to nothing beside the others (a billionth,
      or 0). Such entries are measured no better than the large ones: no reason to refuse it.
    - A gradient with NaN in it is never right.
    - f can be called, and nothing else is known about it: no autograd. Everything is float64.
    - x and claimed hold afterwards what they held before (up to rounding).
    - The answer is a plain bool.
    """
    # Your code here.
    raise NotImplementedError
