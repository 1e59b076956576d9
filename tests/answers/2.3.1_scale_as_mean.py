# first: scale-added
"""Scale was given as the mean of the draws."""

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
    def leaf(*shape):
        return torch.normal(scale, 1.0, shape, generator=gen).requires_grad_()
    return MlpParams(leaf(d_in, d_hidden), torch.zeros(d_hidden, requires_grad=True), leaf(d_hidden, d_out), torch.zeros(d_out, requires_grad=True))
