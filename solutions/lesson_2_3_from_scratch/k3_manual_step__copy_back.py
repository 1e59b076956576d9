"""Computes a new tensor and copies its numbers back, in float32 by name."""

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
    names = ("w1", "b1", "w2", "b2")
    for name in names:
        getattr(p, name).grad = None
    loss.backward()

    @torch.no_grad()
    def move(tensor: Tensor) -> None:
        step = torch.tensor(lr, dtype=torch.float32) * tensor.grad
        tensor.copy_(tensor.clone() - step)

    for name in names:
        move(getattr(p, name))
