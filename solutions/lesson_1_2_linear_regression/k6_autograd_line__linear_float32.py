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
    model = torch.nn.Linear(1, 1).to(torch.float32)
    inputs, targets = x.to(torch.float32), y.to(torch.float32)
    with torch.no_grad():
        model.weight.copy_(w0.reshape(1, 1))
        model.bias.copy_(b0)
    losses = []
    for _ in range(epochs):
        model.zero_grad()
        loss = torch.nn.functional.mse_loss(model(inputs), targets)
        losses.append(loss.detach().cpu().item())
        loss.backward()
        for parameter in model.parameters():
            parameter.data.add_(parameter.grad, alpha=-lr)
    return LineFit(model.weight.data[0], model.bias.data, losses)
