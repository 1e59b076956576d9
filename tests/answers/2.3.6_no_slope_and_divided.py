# first: divided-by-n
"""Two slips: the slope of tanh is missing, and everything is divided by n."""

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
        self.h = torch.tanh(x @ self.w1 + self.b1)
        return self.h @ self.w2 + self.b2
    def backward(self, gout: Float[Tensor, 'n 1']) -> None:
        n = gout.shape[0]
        back = gout @ self.w2.T
        self.grads = (self.x.T @ back / n, back.sum(0) / n, self.h.T @ gout / n, gout.sum(0) / n)
    def step(self, lr: float) -> None:
        for t, g in zip((self.w1, self.b1, self.w2, self.b2), self.grads, strict=True):
            t.sub_(lr * g)
