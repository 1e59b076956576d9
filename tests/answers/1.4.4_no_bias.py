# first: bias-forgotten
"""The limit of a model without b."""

import torch
from jaxtyping import Float
from torch import Tensor

def max_stable_lr(x: Float[Tensor, "n d"]) -> float:
    return float(2/torch.linalg.eigvalsh(2*x.T@x/len(x))[-1])
