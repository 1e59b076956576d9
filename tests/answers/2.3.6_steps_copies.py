# first: copies-moved
"""Only local names move, no parameter."""

from dataclasses import dataclass
import torch
from jaxtyping import Float
from torch import Tensor


@dataclass
class MlpParams:
    w1: Float[Tensor, 'i h']
    b1: Float[Tensor, 'h']
    w2: Float[Tensor, 'h o']
    b2: Float[Tensor, 'o']


class ManualMLP:
    def __init__(self, p: MlpParams) -> None:
        self.w1 = p.w1.detach().clone()
        self.b1 = p.b1.detach().clone()
        self.w2 = p.w2.detach().clone()
        self.b2 = p.b2.detach().clone()
    def forward(self, x: Float[Tensor, 'n i']) -> Float[Tensor, 'n 1']:
        self.x, self.h = x, torch.tanh(x @ self.w1 + self.b1)
        return self.h @ self.w2 + self.b2
    def backward(self, gout: Float[Tensor, 'n 1']) -> None:
        dh = gout * self.w2.squeeze(1)
        dz = dh * (1 - self.h ** 2)
        self.g = {"w1": self.x.T @ dz, "b1": dz.sum(0), "w2": self.h.T @ gout, "b2": gout.sum(0)}
    def step(self, lr: float) -> None:
        w1, b1, w2, b2 = self.w1, self.b1, self.w2, self.b2
        w1 = w1 - lr * self.g["w1"]
        b1 = b1 - lr * self.g["b1"]
        w2 = w2 - lr * self.g["w2"]
        b2 = b2 - lr * self.g["b2"]
