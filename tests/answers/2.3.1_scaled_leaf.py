# first: scaled-after
"""Records before the scaling, so the weights are no leaves."""

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


def init_params(d_in: int, d_hidden: int, d_out: int, scale: float, gen: torch.Generator) -> MlpParams:
    w1 = torch.randn(d_in, d_hidden, generator=gen, requires_grad=True) * scale
    w2 = torch.randn(d_hidden, d_out, generator=gen, requires_grad=True) * scale
    b1 = torch.zeros(d_hidden, requires_grad=True)
    b2 = torch.zeros(d_out, requires_grad=True)
    return MlpParams(w1, b1, w2, b2)
