from dataclasses import dataclass

import torch
from jaxtyping import Float
from torch import Tensor


@dataclass(frozen=True)
class LineFit:
    w: Float[Tensor, "1"]
    b: Float[Tensor, "1"]
    losses: list[float]


def fit_line(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w0: Float[Tensor, "1"],
    b0: Float[Tensor, "1"],
    lr: float,
    epochs: int,
) -> LineFit:
    slope, offset = w0.item(), b0.item()
    xs, ys = x.flatten().tolist(), y.flatten().tolist()
    history = []
    for epoch in range(1, epochs + 1):
        errors = [slope * u + offset - v for u, v in zip(xs, ys, strict=True)]
        history.append(sum(e * e for e in errors) / len(errors))
        slope, offset = (
            slope - lr * 2 * sum(e * u for e, u in zip(errors, xs, strict=True)) / len(xs),
            offset - lr * 2 * sum(errors) / len(xs),
        )
        if epoch % 10 == 0:
            print(f"epoch {epoch}: {history[-1]:.4f}")
    return LineFit(torch.tensor([slope]), torch.tensor([offset]), history)
