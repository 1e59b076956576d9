"""Numerical gradients of functions with kinks, and a warning where a kink was in the way.

relu(z) is z where z is positive and 0 elsewhere. At z = 0 it has a kink: no slope of its own.
A difference across the kink mixes the slopes of both sides, so it proves nothing.
"""

from collections.abc import Callable

import torch
from jaxtyping import Bool, Float
from torch import Tensor


def crossed_kink(
    pre_plus: Float[Tensor, "..."], pre_minus: Float[Tensor, "..."]
) -> Bool[Tensor, "..."]:
    """Tell, for each number, whether it has another sign in one tensor than in the other.

    pre_plus and pre_minus have one shape, and so has the result. There are three signs: positive,
    negative and zero. So a zero that was moved away from the kink counts (0 in one tensor, a
    positive or negative number in the other), and a zero in both, which was not moved, doesn't.
    """
    # Your code here.
    raise NotImplementedError


def numeric_grad_safe(
    f: Callable[[Float[Tensor, "n"]], Float[Tensor, ""]],
    pre: Callable[[Float[Tensor, "n"]], Float[Tensor, "..."]],
    x: Float[Tensor, "n"],
    h: float = 1e-5,
) -> tuple[Float[Tensor, "n"], Bool[Tensor, "n"]]:
    """Measure the gradient of f at x, and mark the entries that can't be trusted.

    f(x) is the loss of a network whose parameters are all in x; pre(x) are all numbers that go
    into its ReLUs, in a tensor of some shape.

    - The gradient holds the central difference for each entry of x, with h to each side (1.5.1).
    - The mask is True at entry i if any of those numbers has another sign with x[i] a step ahead
      than with x[i] a step behind, as crossed_kink has it. Else it is False.
    - Both have an entry for each entry of x. What the gradient holds where the mask is True is up
      to you.
    - f and pre can be called, and nothing else is known about them: no autograd. All in float64.
    - x holds afterwards what it held before (up to rounding).
    """
    # Your code here.
    raise NotImplementedError
