import torch
from jaxtyping import Float
from torch import Tensor


def grads_multi(
    x: Float[Tensor, "n d"],
    y: Float[Tensor, "n"],
    w: Float[Tensor, "d"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "d"], Float[Tensor, "1"]]:
    w, b = w.detach().clone().requires_grad_(), b.detach().clone().requires_grad_()
    loss = ((x @ w + b - y) ** 2).mean()
    loss.backward()
    assert w.grad is not None and b.grad is not None
    return w.grad, b.grad
