# first: step-lost
"""A local name gets the new tensor, the caller's tensors stay."""

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
    with torch.no_grad():
        for tensor in [p.w1, p.b1, p.w2, p.b2]:
            tensor = tensor - lr * tensor.grad
    for tensor in [p.w1, p.b1, p.w2, p.b2]:
        tensor.grad = None
