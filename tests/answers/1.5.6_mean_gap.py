# first: not-the-largest
"""The differences are averaged, where the largest is asked for."""

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
    n, d = x.shape
    def loss(v):
        z = x @ v
        return torch.nn.functional.binary_cross_entropy_with_logits(z, y)
    manual = (torch.sigmoid(x @ w) - y) @ x / n
    leaf = w.clone()
    leaf.requires_grad = True
    loss(leaf).backward()
    numeric = torch.tensor([((loss(w + 1e-5 * e) - loss(w - 1e-5 * e)) / 2e-5).item() for e in torch.eye(d, dtype=w.dtype)], dtype=w.dtype)
    auto = leaf.grad
    return Agreement(manual=manual, autograd=auto, numeric=numeric, manual_autograd=torch.mean(torch.abs(manual - auto)).item(), manual_numeric=torch.mean(torch.abs(manual - numeric)).item(), autograd_numeric=torch.mean(torch.abs(auto - numeric)).item())
