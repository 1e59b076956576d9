# first: off-diagonal-lost
"""The Hessian of the weights and that of b, side by side."""

import torch
from jaxtyping import Float
from torch import Tensor

def quadratic_model(
    x: Float[Tensor, "n d"], y: Float[Tensor, "n"]
) -> tuple[Float[Tensor, "d+1 d+1"], Float[Tensor, "d+1"]]:
    A=torch.column_stack([x,torch.ones(len(x),dtype=x.dtype)])
    
    H=torch.block_diag(2*x.T@x/len(x), torch.tensor([[2.0]]))
    return H, torch.linalg.pinv(A)@y
