import math

import torch
from jaxtyping import Float
from torch import Tensor


def spread(column: list[float]) -> tuple[float, float]:
    mean = sum(column) / len(column)
    return mean, math.sqrt(sum((v - mean) ** 2 for v in column) / len(column))


def fit_scaled(
    x: Float[Tensor, "n d"], y: Float[Tensor, "n"], lr: float, epochs: int
) -> tuple[Float[Tensor, "d"], Float[Tensor, "1"]]:
    columns, target, n = x.T.tolist(), y.tolist(), len(y)
    scales = [spread(c) for c in columns]
    rows = [
        [(v - m) / s if s else 0.0 for v, (m, s) in zip(row, scales, strict=True)]
        for row in x.tolist()
    ]
    w, b = [0.0] * len(columns), 0.0
    for _ in range(epochs):
        miss = [
            sum(v * k for v, k in zip(r, w, strict=True)) + b - t
            for r, t in zip(rows, target, strict=True)
        ]
        for j in range(len(w)):
            w[j] -= lr * 2 * sum(e * r[j] for e, r in zip(miss, rows, strict=True)) / n
        b -= lr * 2 * sum(miss) / n
    own = [k / s if s else 0.0 for k, (_, s) in zip(w, scales, strict=True)]
    for k, (m, _) in zip(own, scales, strict=True):
        b -= k * m
    return torch.tensor(own, dtype=x.dtype), torch.tensor([b], dtype=x.dtype)
