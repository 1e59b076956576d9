"""A torch module with its own start, an optimizer, and numbers in float32 by name."""

from typing import Literal

import torch
from jaxtyping import Float
from torch import Tensor, nn

Act = Literal["relu", "tanh"]


class Net(nn.Module):
    def __init__(self, act: Act) -> None:
        super().__init__()
        bend = nn.ReLU() if act == "relu" else nn.Tanh()
        self.layers = nn.Sequential(nn.Linear(1, 12), bend, nn.Linear(12, 1)).to(torch.float32)

    def forward(self, x: Tensor) -> Tensor:
        return self.layers(x.to(torch.float32))

    def train_step(self, x: Float[Tensor, "n 1"], y: Float[Tensor, "n 1"], lr: float) -> float:
        optimizer = torch.optim.SGD(self.parameters(), lr=lr)
        optimizer.zero_grad()
        loss = nn.functional.mse_loss(self(x), y.to(torch.float32))
        loss.backward()
        optimizer.step()
        return float(loss)

    @torch.no_grad()
    def predict(self, x: Float[Tensor, "n 1"]) -> Float[Tensor, "n 1"]:
        self.eval()
        return self(x)


def build(act: Act) -> Net:
    return Net(act)
