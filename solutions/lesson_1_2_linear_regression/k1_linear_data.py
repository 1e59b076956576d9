"""Make data whose answer is known: points on a line, with some noise on top."""

import torch
from jaxtyping import Float
from torch import Tensor


def make_line(
    n: int, slope: float, intercept: float, noise: float, gen: torch.Generator
) -> tuple[Float[Tensor, "n 1"], Float[Tensor, "n 1"]]:
    """Return ``x`` and ``y``, one row for each of ``n`` points (n is at least 2).

    - x runs from -1 to 1 in even steps, both ends included.
    - For n = 1 there are no even steps, and an error may be raised. If something is returned, it is
      two columns of one row, of any numbers.
    - y is slope * x + intercept, plus noise that each row draws for itself.
    - The noise is normal with mean 0; ``noise`` is its standard deviation (0: no noise at all).
    - Every random number comes from ``gen``: the same state of gen gives the same data, and
      drawing moves gen on, so that the next call gives new noise.
    - Torch's global random state stays as it was.
    """
    # --- yours
    x = torch.linspace(-1, 1, n).reshape(n, 1)
    eps = torch.randn(n, 1, generator=gen)
    y = slope * x + intercept + noise * eps
    return x, y
    # --- end
