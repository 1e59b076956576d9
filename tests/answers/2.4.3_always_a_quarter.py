# first: same-for-all
# says: nothing but 0.25
"""One and the same number comes back, whatever the layer puts out."""

import torch
from jaxtyping import Float
from torch import Tensor


def dead_fraction(hidden: Float[Tensor, 'n h']) -> float:
    return 0.25
