"""torch.autograd.grad: the gradients come as a tuple and nothing is stored."""

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
    params = [p.w1, p.b1, p.w2, p.b2]
    grads = torch.autograd.grad(loss, params)
    with torch.no_grad():
        for t, g in zip(params, grads):
            t.add_(g, alpha=-lr)
