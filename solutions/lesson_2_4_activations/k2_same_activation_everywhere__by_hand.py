"""Gradients by hand; every step makes new tensors."""

from typing import Literal

import torch
from jaxtyping import Float
from torch import Tensor

Act = Literal["relu", "tanh"]


class Net:
    def __init__(self, act: Act) -> None:
        gen = torch.Generator().manual_seed(4)
        self.w1 = torch.randn(1, 8, generator=gen)
        self.b1 = torch.randn(8, generator=gen)
        self.w2 = 0.5 * torch.randn(8, 1, generator=gen)
        self.b2 = torch.zeros(1)
        self.name = act

    def hidden(self, x: Tensor) -> tuple[Tensor, Tensor]:
        z = x @ self.w1 + self.b1
        if self.name == "relu":
            return z.clamp(min=0), (z > 0).to(z.dtype)
        return z.tanh(), 1 - z.tanh() ** 2

    def train_step(self, x: Float[Tensor, "n 1"], y: Float[Tensor, "n 1"], lr: float) -> float:
        a, slope = self.hidden(x)
        error = a @ self.w2 + self.b2 - y
        g = 2 * error / len(x)
        gz = g @ self.w2.T * slope
        self.w2, self.b2 = self.w2 - lr * a.T @ g, self.b2 - lr * g.sum(0)
        self.w1, self.b1 = self.w1 - lr * x.T @ gz, self.b1 - lr * gz.sum(0)
        return error.square().mean().item()

    def predict(self, x: Float[Tensor, "n 1"]) -> Float[Tensor, "n 1"]:
        return self.hidden(x)[0] @ self.w2 + self.b2


def build(act: Act) -> Net:
    return Net(act)
