import torch
from jaxtyping import Float
from torch import Tensor


def column_grads(x: Float[Tensor, "n d"], w: Float[Tensor, "d"]) -> Float[Tensor, "d"]:
    x, w = x.to(torch.float32), w.to(torch.float32)
    return torch.einsum("nd,n->d", x, torch.einsum("nd,d->n", x, w)) * 2 / x.size(0)
