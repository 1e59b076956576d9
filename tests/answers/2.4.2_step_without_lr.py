# first: lr-ignored
"""Its optimizer has a rate of its own, whatever lr is."""

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
        self.act = torch.tanh if act == "tanh" else torch.relu
        self.opt = torch.optim.SGD([self.w1, self.b1, self.w2, self.b2], lr=0.01)
    def run(self, x: Tensor) -> Tensor:
        return self.act(x @ self.w1 + self.b1) @ self.w2 + self.b2
    def train_step(self, x: Float[Tensor, 'n 1'], y: Float[Tensor, 'n 1'], lr: float) -> float:
        self.opt.zero_grad()
        loss = torch.nn.functional.mse_loss(self.run(x), y)
        loss.backward()
        self.opt.step()
        return loss.item()
    def predict(self, x: Float[Tensor, 'n 1']) -> Float[Tensor, 'n 1']:
        with torch.no_grad():
            return self.run(x)
def build(act: Act) -> Net:
    return Net(act)
