# first: b-in-front
"""The column of ones in front."""

import torch
from jaxtyping import Float
from torch import Tensor

def quadratic_model(
    x: Float[Tensor, "n d"], y: Float[Tensor, "n"]
) -> tuple[Float[Tensor, "d+1 d+1"], Float[Tensor, "d+1"]]:
    A=torch.cat([torch.ones(len(x),1),x],1)
    return 2*A.T@A/len(x), torch.linalg.pinv(A)@y
