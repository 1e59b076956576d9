from dataclasses import dataclass

import torch
from jaxtyping import Float
from torch import Tensor


@dataclass(frozen=True)
class LineFit:
    w: Float[Tensor, "1"]
    b: Float[Tensor, "1"]
    losses: list[float]


def fit_line_autograd(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w0: Float[Tensor, "1"],
    b0: Float[Tensor, "1"],
    lr: float,
    epochs: int,
) -> LineFit:
    w = torch.nn.Parameter(w0.detach().clone())
    b = torch.nn.Parameter(b0.detach().clone())
    opt = torch.optim.SGD([w, b], lr=lr)
    criterion = torch.nn.MSELoss()
    losses = []
    for epoch in range(epochs):
        opt.zero_grad()
        loss = criterion(w * x + b, y)
        loss.backward()
        opt.step()
        losses.append(loss.item())
        if epoch % 25 == 0:
            print("epoch", epoch, "loss", loss.item())
    return LineFit(w, b, losses)
