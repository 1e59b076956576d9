import torch
from jaxtyping import Float
from torch import Tensor


def grads_multi(
    x: Float[Tensor, "n d"],
    y: Float[Tensor, "n"],
    w: Float[Tensor, "d"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "d"], Float[Tensor, "1"]]:
    x, y, w, b = (t.to(torch.float32) for t in (x, y, w, b))
    column = x @ w[:, None] + b - y.view(-1, 1)
    dw = (x.T @ column) * (2 / x.size(0))
    db = 2 * torch.mean(column, dim=0)
    return dw.squeeze(1), db
