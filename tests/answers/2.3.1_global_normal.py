# first: global-draws
"""Draws from the global generator."""

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
    p = {}
    for name, shape in {"w1": (d_in, d_hidden), "w2": (d_hidden, d_out)}.items():
        p[name] = torch.empty(shape).normal_(0, scale).requires_grad_()
    p["b1"] = torch.zeros((d_hidden,), requires_grad=True)
    p["b2"] = torch.zeros((d_out,), requires_grad=True)
    return MlpParams(**p)
