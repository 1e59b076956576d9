# first: reports-another-network
from typing import Literal
import torch
from jaxtyping import Float
from torch import Tensor
Act = Literal["relu", "tanh"]
def start():
    gen = torch.Generator().manual_seed(4)
    return (torch.randn(1, 8, generator=gen).requires_grad_(), torch.randn(8, generator=gen).requires_grad_(), (0.5 * torch.randn(8, 1, generator=gen)).requires_grad_(), torch.zeros(1).requires_grad_())
class Net:
    def __init__(self, act: Act) -> None:
        self.w1, self.b1, self.w2, self.b2 = start()
        self.act = {"relu": torch.relu, "tanh": torch.tanh}[act]
    def train_step(self, x: Float[Tensor, "n 1"], y: Float[Tensor, "n 1"], lr: float) -> float:
        y_pred = self.act(x @ self.w1 + self.b1) @ self.w2 + self.b2
        loss = ((y_pred - y) ** 2).mean()
        reported = ((self.predict(x) - y) ** 2).mean().item()
        loss.backward()
        with torch.no_grad():
            for p in [self.w1, self.b1, self.w2, self.b2]:
                p -= lr * p.grad
                p.grad.zero_()
        return reported
    def predict(self, x: Float[Tensor, "n 1"]) -> Float[Tensor, "n 1"]:
        with torch.no_grad():
            return torch.relu(x @ self.w1 + self.b1) @ self.w2 + self.b2
def build(act: Act) -> Net:
    return Net(act)
