# first: other-optimizer
"""The optimizer has momentum."""

from dataclasses import dataclass
import torch
from jaxtyping import Float
from torch import Tensor


@dataclass(frozen=True)
class LineFit:
    w: Float[Tensor, '1']
    b: Float[Tensor, '1']
    losses: list[float]


def fit_line_autograd(x: Float[Tensor, 'n 1'], y: Float[Tensor, 'n 1'], w0: Float[Tensor, '1'], b0: Float[Tensor, '1'], lr: float, epochs: int) -> LineFit:
    w = w0.clone().detach().requires_grad_()
    b = b0.clone().detach().requires_grad_()
    opt = torch.optim.SGD([w, b], lr=lr, momentum=0.9)
    history = []
    for _ in range(epochs):
        opt.zero_grad()
        loss = (x * w + b - y).pow(2).mean()
        loss.backward()
        opt.step()
        history.append(loss.item())
    return LineFit(w=w.detach(), b=b.detach(), losses=history)
