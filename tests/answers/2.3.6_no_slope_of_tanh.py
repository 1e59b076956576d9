# first: tanh-derivative-missing
"""The slope of tanh is missing."""

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
        self.w1, self.b1, self.w2, self.b2 = (t.detach().clone() for t in (p.w1, p.b1, p.w2, p.b2))
    def forward(self, x: Float[Tensor, 'n i']) -> Float[Tensor, 'n 1']:
        self.cache = (x, torch.tanh(x @ self.w1 + self.b1))
        return self.cache[1] @ self.w2 + self.b2
    def backward(self, gout: Float[Tensor, 'n 1']) -> None:
        x, h = self.cache
        back = gout @ self.w2.T
        self.grads = [x.T @ back, back.sum(0), h.T @ gout, gout.sum(0)]
    def step(self, lr: float) -> None:
        for t, g in zip((self.w1, self.b1, self.w2, self.b2), self.grads):
            t -= lr * g
