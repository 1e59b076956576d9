"""Copies of the parameters in a record of its own, moved in place; old gradients are thrown away."""

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
        self.p = MlpParams(*(t.clone() for t in (p.w1, p.b1, p.w2, p.b2)))
        self.g: MlpParams | None = None
        self.cache: tuple[Tensor, Tensor] | None = None

    def forward(self, x: Float[Tensor, "n i"]) -> Float[Tensor, "n 1"]:
        z1 = x @ self.p.w1 + self.p.b1
        a1 = (torch.exp(2 * z1) - 1) / (torch.exp(2 * z1) + 1)
        self.cache = (x, a1)
        return a1 @ self.p.w2 + self.p.b2

    def backward(self, gout: Float[Tensor, "n 1"]) -> None:
        if self.cache is None:
            raise RuntimeError("forward comes first")
        x, a1 = self.cache
        da1 = gout * self.p.w2.squeeze(1)
        dz1 = da1 - da1 * a1.square()
        gw1 = (x.unsqueeze(2) * dz1.unsqueeze(1)).sum(dim=0)
        gw2 = (a1 * gout).sum(dim=0, keepdim=True).T
        self.g = MlpParams(gw1, dz1.sum(0), gw2, gout.sum().reshape(1))
        self.cache = None

    def step(self, lr: float) -> None:
        if self.g is None:
            raise RuntimeError("backward comes first")
        for name in ("w1", "b1", "w2", "b2"):
            tensor = getattr(self.p, name)
            tensor -= lr * getattr(self.g, name)
        self.g = None
