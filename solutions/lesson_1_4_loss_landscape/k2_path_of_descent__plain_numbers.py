import torch
from jaxtyping import Float
from torch import Tensor


def slope_of_loss(xs, ys, w, b):
    n = len(xs)
    misses = [w * u + b - v for u, v in zip(xs, ys, strict=True)]
    return 2 * sum(m * u for m, u in zip(misses, xs, strict=True)) / n, 2 * sum(misses) / n


def descent_path(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    start: Float[Tensor, "2"],
    lr: float,
    steps: int,
) -> Float[Tensor, "steps+1 2"]:
    xs, ys = x.flatten().tolist(), y.flatten().tolist()
    w, b = start.tolist()
    places = [[w, b]]
    while len(places) <= steps:
        dw, db = slope_of_loss(xs, ys, w, b)
        w, b = w - lr * dw, b - lr * db
        places.append([w, b])
    return torch.tensor(places)
