"""Row by row, torch.autograd.grad, and the loss from torch."""

from dataclasses import dataclass

import torch
from jaxtyping import Float
from torch import Tensor


@dataclass(frozen=True)
class Agreement:
    manual: Float[Tensor, "d"]
    autograd: Float[Tensor, "d"]
    numeric: Float[Tensor, "d"]
    manual_autograd: float
    manual_numeric: float
    autograd_numeric: float


def logistic_grads(
    x: Float[Tensor, "n d"], y: Float[Tensor, "n"], w: Float[Tensor, "d"]
) -> Agreement:
    bce = torch.nn.functional.binary_cross_entropy_with_logits
    n, d = x.shape
    by_hand = torch.zeros(d, dtype=torch.float64)
    for row, label in zip(x, y):
        z = torch.dot(row, w)
        by_hand += (1 / (1 + torch.exp(-z)) - label) * row / n
    theta = w.detach().clone()
    theta.requires_grad = True
    (auto,) = torch.autograd.grad(bce(x @ theta, y), [theta])
    measured = []
    for e in torch.eye(d, dtype=torch.float64) * 1e-5:
        up, down = bce(x @ (w + e), y).item(), bce(x @ (w - e), y).item()
        measured.append((up - down) / 2e-5)
    num = torch.tensor(measured, dtype=torch.float64)
    print(by_hand, auto, num)
    gaps = [
        max(abs(p - q) for p, q in zip(a.tolist(), b.tolist()))
        for a, b in ((by_hand, auto), (by_hand, num), (auto, num))
    ]
    return Agreement(by_hand, auto, num, *gaps)
