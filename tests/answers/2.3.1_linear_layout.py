# first: transposed
"""The weights lie as (out, in)."""

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
    first = scale * torch.randn((d_hidden, d_in), generator=gen)
    second = scale * torch.randn((d_out, d_hidden), generator=gen)
    tensors = [first, torch.zeros(d_hidden), second, torch.zeros(d_out)]
    for t in tensors:
        t.requires_grad = True
    return MlpParams(*tensors)
