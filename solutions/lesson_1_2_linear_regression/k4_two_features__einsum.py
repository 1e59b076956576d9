import torch
from jaxtyping import Float
from torch import Tensor


def grads_multi(
    x: Float[Tensor, "n d"],
    y: Float[Tensor, "n"],
    w: Float[Tensor, "d"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "d"], Float[Tensor, "1"]]:
    n = y.shape[0]
    r = torch.einsum("nd,d->n", x, w)
    r += b
    r -= y
    return 2 / n * torch.einsum("nd,n->d", x, r), torch.sum(r).reshape(1) * 2 / n
