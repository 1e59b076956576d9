import torch
from jaxtyping import Float
from torch import Tensor


@torch.no_grad()
def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    minus = y.clone()
    minus -= x * w
    minus -= b
    dw = torch.einsum("ni,ni->i", minus, x) / x.size(0) * -2
    db = torch.mul(torch.sum(minus, dim=0, keepdim=True), -2 / x.size(0))
    return dw.detach(), db.flatten()
