# first: recorded-update
"""Changes leaves in place while recording is on."""

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
    gradients = torch.autograd.grad(loss, [p.w1, p.b1, p.w2, p.b2])
    p.w1 -= lr * gradients[0]
    p.b1 -= lr * gradients[1]
    p.w2 -= lr * gradients[2]
    p.b2 -= lr * gradients[3]
