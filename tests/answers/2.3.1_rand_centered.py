# first: uniform-draws
"""The draws are even between -scale and scale."""

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
    def weight(rows, cols):
        t = (torch.rand(rows, cols, generator=gen) * 2 - 1) * scale
        return t.requires_grad_()
    def bias(k):
        return torch.zeros(k).requires_grad_()
    return MlpParams(weight(d_in, d_hidden), bias(d_hidden), weight(d_hidden, d_out), bias(d_out))
