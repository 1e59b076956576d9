# first: divided-by-n
"""Divides by the number of rows, though gout has done it."""

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
        self.x = x
        self.h = ((x @ self.w1) + self.b1).tanh()
        return (self.h @ self.w2) + self.b2
    def backward(self, gout: Float[Tensor, 'n 1']) -> None:
        n = len(self.x)
        self.dw2 = self.h.t() @ gout / n
        self.db2 = gout.sum(dim=0) / n
        dz = (gout @ self.w2.t()) * (1 - self.h * self.h)
        self.dw1 = self.x.t() @ dz / n
        self.db1 = dz.sum(dim=0) / n
    def step(self, lr: float) -> None:
        self.w1 = self.w1 - lr * self.dw1
        self.b1 = self.b1 - lr * self.db1
        self.w2 = self.w2 - lr * self.dw2
        self.b2 = self.b2 - lr * self.db2
