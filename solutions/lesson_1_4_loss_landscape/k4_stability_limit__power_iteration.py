import torch
from jaxtyping import Float
from torch import Tensor


def curve(x, w, b):
    """The Hessian times a direction, without writing the Hessian down."""
    change = x @ w + b
    return 2 * (x.T @ change) / len(x), 2 * change.mean()


def max_stable_lr(x: Float[Tensor, "n d"]) -> float:
    x = x.double()
    w, b = torch.ones(x.shape[1], dtype=x.dtype) * 0.37, torch.tensor(1.0, dtype=x.dtype)
    top, before = 1.0, 0.0
    while abs(top - before) > 1e-13 * top:
        w, b = w / top, b / top
        before = top
        for _ in range(50):
            w, b = curve(x, w, b)
            size = float((w.square().sum() + b.square()).sqrt())
            w, b = w / size, b / size
        w, b = curve(x, w, b)
        top = float((w.square().sum() + b.square()).sqrt())
    return 2 / top
