# first: every-pair
"""Every prediction meets every target."""

from jaxtyping import Float
from torch import Tensor

def loss_grid(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    ws: Float[Tensor, "i"],
    bs: Float[Tensor, "j"],
) -> Float[Tensor, "i j"]:
    p = ws.view(-1,1,1)*x.view(1,1,-1)+bs.view(1,-1,1)
    return ((p.unsqueeze(-1)-y.view(-1))**2).mean((-1,-2))
