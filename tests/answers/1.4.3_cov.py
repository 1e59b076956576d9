# first: centred
"""A covariance for a mean of products."""

import torch
from jaxtyping import Float
from torch import Tensor

def quadratic_model(
    x: Float[Tensor, "n d"], y: Float[Tensor, "n"]
) -> tuple[Float[Tensor, "d+1 d+1"], Float[Tensor, "d+1"]]:
    A=torch.column_stack([x,torch.ones(len(x),dtype=x.dtype)])
    
    H=torch.zeros(A.shape[1],A.shape[1]); H[:-1,:-1]=2*torch.cov(x.T,correction=0).reshape(x.shape[1],x.shape[1]); H[-1,-1]=2
    return H, torch.linalg.pinv(A)@y
