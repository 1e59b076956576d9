# first: inverse
"""The normal equation by an inverse that need not exist."""

import torch
from jaxtyping import Float
from torch import Tensor

def quadratic_model(
    x: Float[Tensor, "n d"], y: Float[Tensor, "n"]
) -> tuple[Float[Tensor, "d+1 d+1"], Float[Tensor, "d+1"]]:
    A=torch.column_stack([x,torch.ones(len(x),dtype=x.dtype)])
    
    H=2*A.T@A/len(x)
    return H, torch.inverse(H)@(2*A.T@y/len(x))
