"""A class that holds the data, torch.func for autograd, softplus for the loss."""

from dataclasses import dataclass

import torch
from jaxtyping import Float
from torch import Tensor


@dataclass(frozen=True)
class Agreement:
    manual: Float[Tensor, "d"]
    autograd: Float[Tensor, "d"]
    numeric: Float[Tensor, "d"]
    manual_autograd: float
    manual_numeric: float
    autograd_numeric: float


class Model:
    def __init__(self, x: Tensor, y: Tensor) -> None:
        self.x, self.y = x, y
        self.n = y.shape[0]

    def cost(self, w: Tensor) -> Tensor:
        logits = torch.mv(self.x, w)
        return (torch.logaddexp(torch.zeros_like(logits), logits) - self.y * logits).sum() / self.n

    def by_hand(self, w: Tensor) -> Tensor:
        residual = torch.special.expit(self.x @ w) - self.y
        return torch.einsum("n,nd->d", residual, self.x).div(self.n)

    def measured(self, w: Tensor, h: float = 1e-5) -> Tensor:
        out = torch.empty(w.shape, dtype=torch.float64)
        for k in range(w.numel()):
            w[k] += h
            ahead = self.cost(w)
            w[k] -= 2 * h
            behind = self.cost(w)
            w[k] += h
            out[k] = (ahead - behind) / (2 * h)
        return out


def logistic_grads(
    x: Float[Tensor, "n d"], y: Float[Tensor, "n"], w: Float[Tensor, "d"]
) -> Agreement:
    model = Model(x, y)
    a, b, c = model.by_hand(w), torch.func.grad(model.cost)(w), model.measured(w)
    pairs = {
        "manual_autograd": torch.dist(a, b, p=float("inf")),
        "manual_numeric": torch.dist(a, c, p=float("inf")),
        "autograd_numeric": torch.dist(b, c, p=float("inf")),
    }
    return Agreement(manual=a, autograd=b, numeric=c, **{k: float(v) for k, v in pairs.items()})
