# first: gradients-pile-up
"""The gradients are never cleared."""

from typing import Literal
import torch
from jaxtyping import Float
from torch import Tensor


Act = Literal["relu", "tanh"]


class Net:
    def __init__(self, act: Act) -> None:
        gen = torch.Generator().manual_seed(4)
        self.w1 = torch.randn(1, 8, generator=gen).requires_grad_()
        self.b1 = torch.randn(8, generator=gen).requires_grad_()
        self.w2 = (0.5 * torch.randn(8, 1, generator=gen)).requires_grad_()
        self.b2 = torch.zeros(1).requires_grad_()
        self.act = getattr(torch, act)
    def forward(self, x):
        return self.act(x @ self.w1 + self.b1) @ self.w2 + self.b2
    def train_step(self, x: Float[Tensor, 'n 1'], y: Float[Tensor, 'n 1'], lr: float) -> float:
        loss = torch.nn.functional.mse_loss(self.forward(x), y)
        loss.backward()
        with torch.no_grad():
            self.w1 -= lr * self.w1.grad
            self.b1 -= lr * self.b1.grad
            self.w2 -= lr * self.w2.grad
            self.b2 -= lr * self.b2.grad
        return loss.item()
    def predict(self, x: Float[Tensor, 'n 1']) -> Float[Tensor, 'n 1']:
        with torch.no_grad():
            return self.forward(x)
def build(act: Act) -> Net:
    net = Net(act)
    return net
