# first: gradients-pile-up
"""The gradients are never cleared."""

from dataclasses import dataclass
import torch
from jaxtyping import Float
from torch import Tensor


@dataclass
class MlpParams:
    w1: Float[Tensor, 'i h']
    b1: Float[Tensor, 'h']
    w2: Float[Tensor, 'h o']
    b2: Float[Tensor, 'o']


def sgd_step(p: MlpParams, loss: Tensor, lr: float) -> None:
    loss.backward()
    for name in ("w1", "b1", "w2", "b2"):
        t = getattr(p, name)
        g = t.grad
        t.data.sub_(lr * g)
