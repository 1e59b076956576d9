# first: gradients-pile-up
"""The gradients are never cleared."""

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
    w = torch.tensor(w0.tolist(), requires_grad=True)
    b = torch.tensor(b0.tolist(), requires_grad=True)
    losses = []
    for epoch in range(epochs):
        y_hat = w * x + b
        mse = torch.nn.functional.mse_loss(y_hat, y)
        mse.backward()
        w.data = w.data - lr * w.grad
        b.data = b.data - lr * b.grad
        losses.append(mse.item())
        if epoch % 100 == 0:
            print(epoch, mse.item())
    return LineFit(w.detach(), b.detach(), losses)
