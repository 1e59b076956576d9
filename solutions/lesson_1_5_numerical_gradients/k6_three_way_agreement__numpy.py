"""NumPy by hand and for the differences; backward() on a mean of two kinds of rows."""

from dataclasses import dataclass

import numpy as np
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


def logistic_grads(
    x: Float[Tensor, "n d"], y: Float[Tensor, "n"], w: Float[Tensor, "d"]
) -> Agreement:
    xs, ys, ws = x.numpy(), y.numpy(), w.detach().numpy().copy()

    def cost(v: np.ndarray) -> float:
        z = xs @ v
        return float(np.mean(np.log1p(np.exp(-np.where(ys == 1, z, -z)))))

    p = np.exp(xs @ ws) / (1 + np.exp(xs @ ws))
    by_hand = ((p - ys)[:, None] * xs).mean(axis=0)

    param = torch.nn.Parameter(w.clone())
    prob = (x @ param).sigmoid()
    picked = torch.where(y > 0.5, prob, 1 - prob)
    loss = torch.mean(-torch.log(picked))
    loss.backward()
    auto = param.grad.detach()

    numeric = np.zeros(len(ws))
    for i, old in enumerate(ws.tolist()):
        ws[i] = old + 1e-5
        up = cost(ws)
        ws[i] = old - 1e-5
        numeric[i] = (up - cost(ws)) / 2e-5
        ws[i] = old
    am, nm = np.abs(auto.numpy() - by_hand).max(), np.abs(numeric - by_hand).max()
    an = np.abs(auto.numpy() - numeric).max()
    return Agreement(
        torch.from_numpy(by_hand), auto, torch.from_numpy(numeric), float(am), float(nm), float(an)
    )
