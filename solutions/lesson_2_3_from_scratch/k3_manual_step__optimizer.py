"""torch.optim does the same."""

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
    opt = torch.optim.SGD([p.w1, p.b1, p.w2, p.b2], lr=lr)
    opt.zero_grad()
    loss.backward()
    opt.step()
    opt.zero_grad(set_to_none=False)
