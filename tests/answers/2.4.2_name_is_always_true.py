# first: wrong-activation
"""A word that isn't empty is true, so tanh is always used."""

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
        self.name = act
    def _out(self, x):
        z = x @ self.w1 + self.b1
        h = torch.tanh(z) if self.name else torch.relu(z)
        return h @ self.w2 + self.b2
    def train_step(self, x: Float[Tensor, 'n 1'], y: Float[Tensor, 'n 1'], lr: float) -> float:
        params = [self.w1, self.b1, self.w2, self.b2]
        loss = ((self._out(x) - y) ** 2).mean()
        grads = torch.autograd.grad(loss, params)
        with torch.no_grad():
            for p, g in zip(params, grads):
                p -= lr * g
        return loss.item()
    def predict(self, x: Float[Tensor, 'n 1']) -> Float[Tensor, 'n 1']:
        with torch.no_grad():
            return self._out(x)
def build(act: Act) -> Net:
    return Net(act)
