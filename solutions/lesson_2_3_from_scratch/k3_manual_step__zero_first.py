"""Clears at the start of the call, and moves the memory under the tensors (.data)."""

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
    everything = list(vars(p).values())
    for t in everything:
        if t.grad is not None:
            t.grad.zero_()
    loss.backward(retain_graph=True)
    for t in everything:
        t.data = t.data - lr * t.grad.data
    print("loss before the step:", loss.item())
