# first: shared
"""All networks share one activation."""

from typing import Literal
import torch
from jaxtyping import Float
from torch import Tensor


Act = Literal["relu", "tanh"]


class Net:
    act = torch.relu
    def __init__(self, act: Act) -> None:
        gen = torch.Generator().manual_seed(4)
        self.w1 = torch.randn(1, 8, generator=gen).requires_grad_()
        self.b1 = torch.randn(8, generator=gen).requires_grad_()
        self.w2 = (0.5 * torch.randn(8, 1, generator=gen)).requires_grad_()
        self.b2 = torch.zeros(1).requires_grad_()
        Net.act = staticmethod(torch.relu if act == "relu" else torch.tanh)
    def outputs(self, x: Tensor) -> Tensor:
        return Net.act(x @ self.w1 + self.b1) @ self.w2 + self.b2
    def train_step(self, x: Float[Tensor, 'n 1'], y: Float[Tensor, 'n 1'], lr: float) -> float:
        loss = (self.outputs(x) - y).square().mean()
        loss.backward()
        for p in (self.w1, self.b1, self.w2, self.b2):
            p.data -= lr * p.grad
            p.grad.zero_()
        return float(loss)
    def predict(self, x: Float[Tensor, 'n 1']) -> Float[Tensor, 'n 1']:
        return self.outputs(x).detach()
def build(act: Act) -> Net:
    return Net(act)
