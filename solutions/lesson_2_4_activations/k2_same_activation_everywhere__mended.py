"""The smallest repair: one word in predict."""

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
        self.act = {"relu": torch.relu, "tanh": torch.tanh}[act]

    def train_step(self, x: Float[Tensor, "n 1"], y: Float[Tensor, "n 1"], lr: float) -> float:
        hidden = self.act(x @ self.w1 + self.b1)
        loss = (hidden @ self.w2 + self.b2 - y).square().mean()
        loss.backward()
        with torch.no_grad():
            for parameter in (self.w1, self.b1, self.w2, self.b2):
                assert parameter.grad is not None
                parameter -= lr * parameter.grad
                parameter.grad = None
        return loss.item()

    def predict(self, x: Float[Tensor, "n 1"]) -> Float[Tensor, "n 1"]:
        with torch.no_grad():
            hidden = self.act(x @ self.w1 + self.b1)
            return hidden @ self.w2 + self.b2


def build(act: Act) -> Net:
    return Net(act)
