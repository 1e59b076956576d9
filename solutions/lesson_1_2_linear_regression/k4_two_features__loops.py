import torch
from jaxtyping import Float
from torch import Tensor


def grads_multi(
    x: Float[Tensor, "n d"],
    y: Float[Tensor, "n"],
    w: Float[Tensor, "d"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "d"], Float[Tensor, "1"]]:
    n, d = x.shape
    grad_w = torch.zeros(d)
    grad_b = torch.zeros(1)
    for i in range(n):
        err = sum(x[i, j] * w[j] for j in range(d)) + b[0] - y[i]
        for j in range(d):
            grad_w[j] += 2 * err * x[i, j] / n
        grad_b[0] += 2 * err / n
    return grad_w, grad_b
