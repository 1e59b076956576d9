# first: name-not-defined
# says: `import numpy as np`
"""`np` is used and never imported."""

from dataclasses import dataclass
import torch
from jaxtyping import Float
from torch import Tensor


@dataclass(frozen=True)
class LineFit:
    w: Float[Tensor, '1']
    b: Float[Tensor, '1']
    losses: list[float]


def fit_line(x: Float[Tensor, 'n 1'], y: Float[Tensor, 'n 1'], w0: Float[Tensor, '1'], b0: Float[Tensor, '1'], lr: float, epochs: int) -> LineFit:
    w, b, losses = w0.clone(), b0.clone(), []
    for _ in range(epochs):
        e = x * w + b - y
        losses.append(float(np.mean(e.numpy() ** 2)))
        w = w - lr * 2 * (e * x).mean(0)
        b = b - lr * 2 * e.mean(0)
    return LineFit(w, b, losses)
