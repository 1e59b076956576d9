import torch
from jaxtyping import Float, Int
from torch import Tensor


def batch_grad(
    x: Float[Tensor, "n d"],
    y: Float[Tensor, "n"],
    w: Float[Tensor, "d"],
    idx: Int[Tensor, "k"],
) -> Float[Tensor, "d"]:
    grad = torch.zeros(w.shape, dtype=w.dtype)
    for i in idx.tolist():
        y_pred = sum(x[i, j] * w[j] for j in range(len(w)))
        grad += 2 * (y_pred - y[i]) * x[i]
    grad /= idx.numel()
    return grad
