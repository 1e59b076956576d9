# first: wrong-number-of-arguments
# says: without a value for `autograd_numeric`
"""Agreement gets five values, not six."""

from dataclasses import dataclass
import torch
from jaxtyping import Float
from torch import Tensor


@dataclass(frozen=True)
class Agreement:
    manual: Float[Tensor, 'd']
    autograd: Float[Tensor, 'd']
    numeric: Float[Tensor, 'd']
    manual_autograd: float
    manual_numeric: float
    autograd_numeric: float


def logistic_grads(x: Float[Tensor, 'n d'], y: Float[Tensor, 'n'], w: Float[Tensor, 'd']) -> Agreement:
    def loss(v):
        return torch.nn.functional.binary_cross_entropy_with_logits(x @ v, y)
    m = x.T @ (torch.sigmoid(x @ w) - y) / len(y)
    leaf = w.clone().requires_grad_()
    a = torch.autograd.grad(loss(leaf), leaf)[0]
    k = torch.zeros_like(w)
    for i in range(len(w)):
        e = torch.zeros_like(w)
        e[i] = 1e-5
        k[i] = (loss(w + e) - loss(w - e)) / 2e-5
    return Agreement(m, a, k, (m - a).abs().max().item(), (m - k).abs().max().item())
