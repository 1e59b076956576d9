"""Find out how much of a hidden layer is dead: units that no example ever switches on."""

import torch
from jaxtyping import Float
from torch import Tensor


def dead_fraction(hidden: Float[Tensor, "n h"]) -> float:
    """Return the share of dead units, from 0 (none) to 1 (all).

    - ``hidden`` holds what a layer put out: a row for each example, a column for each unit.
    - A unit is dead if its number is zero or negative for every single example.
    - A unit that is positive for one example, however little, is alive.
    - The result is a plain number, and ``hidden`` stays as it was.
    """
    # Your code here.
    raise NotImplementedError
