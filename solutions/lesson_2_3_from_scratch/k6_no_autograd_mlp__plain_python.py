"""Row by row and unit by unit, in plain Python numbers."""

import math
from dataclasses import dataclass

import torch
from jaxtyping import Float
from torch import Tensor


@dataclass
class MlpParams:
    w1: Float[Tensor, "i h"]
    b1: Float[Tensor, "h"]
    w2: Float[Tensor, "h o"]
    b2: Float[Tensor, "o"]


class ManualMLP:
    def __init__(self, p: MlpParams) -> None:
        self.w1 = p.w1.tolist()
        self.b1 = p.b1.tolist()
        self.w2 = [row[0] for row in p.w2.tolist()]
        self.b2 = p.b2.item()

    def forward(self, x: Float[Tensor, "n i"]) -> Float[Tensor, "n 1"]:
        self.rows = x.tolist()
        self.hidden = []
        outputs = []
        for row in self.rows:
            units = []
            for j, bias in enumerate(self.b1):
                z = bias + sum(value * self.w1[k][j] for k, value in enumerate(row))
                units.append(math.tanh(z))
            self.hidden.append(units)
            outputs.append([self.b2 + sum(u * w for u, w in zip(units, self.w2, strict=True))])
        return torch.tensor(outputs)

    def backward(self, gout: Float[Tensor, "n 1"]) -> None:
        width, inputs = len(self.b1), len(self.w1)
        self.gw1 = [[0.0] * width for _ in range(inputs)]
        self.gb1 = [0.0] * width
        self.gw2 = [0.0] * width
        self.gb2 = 0.0
        for row, units, (g,) in zip(self.rows, self.hidden, gout.tolist(), strict=True):
            self.gb2 += g
            for j in range(width):
                self.gw2[j] += g * units[j]
                dz = g * self.w2[j] / math.cosh(math.atanh(units[j])) ** 2
                self.gb1[j] += dz
                for k in range(inputs):
                    self.gw1[k][j] += dz * row[k]

    def step(self, lr: float) -> None:
        self.b2 -= lr * self.gb2
        for j in range(len(self.b1)):
            self.b1[j] -= lr * self.gb1[j]
            self.w2[j] -= lr * self.gw2[j]
            for k in range(len(self.w1)):
                self.w1[k][j] -= lr * self.gw1[k][j]
