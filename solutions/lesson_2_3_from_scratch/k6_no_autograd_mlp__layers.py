"""Small layers, each with its own way back; gradients are added up and cleared first."""

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


class Linear:
    def __init__(self, w: Tensor, b: Tensor) -> None:
        self.w, self.b = w, b
        self.gw, self.gb = torch.zeros_like(w), torch.zeros_like(b)
        self.x: Tensor | None = None

    def forward(self, x: Tensor) -> Tensor:
        self.x = x
        return x.mm(self.w).add(self.b)

    def backward(self, g: Tensor) -> Tensor:
        assert self.x is not None
        self.gw += self.x.t().mm(g)
        self.gb += g.sum(0)
        return g.mm(self.w.t())

    def clear(self) -> None:
        self.gw.zero_()
        self.gb.zero_()


class Tanh:
    def forward(self, z: Tensor) -> Tensor:
        self.out = z.tanh()
        return self.out

    def backward(self, g: Tensor) -> Tensor:
        return g * (1 - self.out.pow(2))


class ManualMLP:
    def __init__(self, p: MlpParams) -> None:
        self.first = Linear(p.w1.detach().clone(), p.b1.detach().clone())
        self.bend = Tanh()
        self.second = Linear(p.w2.detach().clone(), p.b2.detach().clone())

    @torch.no_grad()
    def forward(self, x: Float[Tensor, "n i"]) -> Float[Tensor, "n 1"]:
        return self.second.forward(self.bend.forward(self.first.forward(x)))

    @torch.no_grad()
    def backward(self, gout: Float[Tensor, "n 1"]) -> None:
        for layer in (self.first, self.second):
            layer.clear()
        self.first.backward(self.bend.backward(self.second.backward(gout)))

    @torch.no_grad()
    def step(self, lr: float) -> None:
        for layer in (self.first, self.second):
            layer.w.sub_(layer.gw, alpha=lr)
            layer.b.sub_(layer.gb, alpha=lr)
