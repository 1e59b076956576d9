import torch
from jaxtyping import Float, Int
from torch import Tensor


def batch_grad(
    x: Float[Tensor, "n d"],
    y: Float[Tensor, "n"],
    w: Float[Tensor, "d"],
    idx: Int[Tensor, "k"],
) -> Float[Tensor, "d"]:
    times = torch.bincount(idx, minlength=x.shape[0])
    share = times.to(x.dtype) / times.sum()
    error = torch.einsum("nd,d->n", x, w).sub(y)
    return torch.einsum("n,n,nd->d", 2 * share, error, x)
