"""One line for each tensor, without a loop, cleared one by one."""

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
        p.w1 -= lr * p.w1.grad
        p.b1 -= lr * p.b1.grad
        p.w2 -= lr * p.w2.grad
        p.b2 -= lr * p.b2.grad
    p.w1.grad.zero_()
    p.b1.grad.zero_()
    p.w2.grad.zero_()
    p.b2.grad.zero_()
