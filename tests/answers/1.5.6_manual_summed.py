# first: loss-summed
"""The gradient by hand lacks the mean."""

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
    def loss_at(v):
        p = torch.sigmoid(x @ v)
        return -(y * p.log() + (1 - y) * (1 - p).log()).mean()
    manual = x.T @ (torch.sigmoid(x @ w) - y)
    v = w.clone().requires_grad_()
    (auto,) = torch.autograd.grad(loss_at(v), v)
    h = 1e-5
    num = torch.zeros_like(w)
    for i in range(len(w)):
        e = torch.zeros_like(w)
        e[i] = h
        num[i] = (loss_at(w + e) - loss_at(w - e)) / (2 * h)
    return Agreement(manual, auto, num, (manual - auto).abs().max().item(), (manual - num).abs().max().item(), (auto - num).abs().max().item())
