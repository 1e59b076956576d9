# first: asks-a-copy
"""The new tensor is asked for its gradient."""

from dataclasses import dataclass

import torch
from jaxtyping import Float
from torch import Tensor


@dataclass
class MlpParams:
    w1: Float[Tensor, "i h"]
    b1: Float[Tensor, "h"]
    w2: Float[Tensor, "h o"]
    b2: Float[Tensor, "o"]


def sgd_step(p: MlpParams, loss: Tensor, lr: float) -> None:
    loss.backward()
    with torch.no_grad():
        for q in (p.w1, p.b1, p.w2, p.b2):
            q = q - lr * q.grad
            q.grad.zero_()
