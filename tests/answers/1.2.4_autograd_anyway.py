# first: autograd-used
"""Calls backward() where the derivatives are to be worked out."""

import torch
from jaxtyping import Float
from torch import Tensor


def grads_multi(x: Float[Tensor, 'n d'], y: Float[Tensor, 'n'], w: Float[Tensor, 'd'], b: Float[Tensor, '1']) -> tuple[Float[Tensor, 'd'], Float[Tensor, '1']]:
    w_ = w.clone().requires_grad_()
    b_ = b.clone().requires_grad_()
    loss = ((x @ w_ + b_ - y) ** 2).mean()
    loss.backward()
    return w_.grad, b_.grad
