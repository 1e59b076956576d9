# first: examples-for-units
import numpy as np
import torch
from jaxtyping import Float
from torch import Tensor


def dead_fraction(hidden: Float[Tensor, "n h"]) -> float:
    return (hidden <= 0).all(dim=1).float().mean().item()
