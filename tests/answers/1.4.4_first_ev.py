# first: smallest
"""eigvalsh begins with the smallest."""

import torch
from jaxtyping import Float
from torch import Tensor

def max_stable_lr(x: Float[Tensor, "n d"]) -> float:
    A=torch.column_stack([x,torch.ones(len(x),dtype=x.dtype)])
    return float(2/torch.linalg.eigvalsh(2*A.T@A/len(x))[0])
