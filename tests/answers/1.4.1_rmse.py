# first: root
"""The length of the residuals over the root of n: a root of the loss."""

from jaxtyping import Float
from torch import Tensor

def loss_grid(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    ws: Float[Tensor, "i"],
    bs: Float[Tensor, "j"],
) -> Float[Tensor, "i j"]:
    e=(ws[:,None,None]*x.squeeze(1)+bs[None,:,None]-y.squeeze(1))
    return e.norm(dim=-1)/len(x)**0.5
