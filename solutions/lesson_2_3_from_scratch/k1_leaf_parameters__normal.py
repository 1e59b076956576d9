"""torch.normal, with requires_grad given to the constructors."""

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


def init_params(
    d_in: int, d_hidden: int, d_out: int, scale: float, gen: torch.Generator
) -> MlpParams:
    def weights(rows: int, columns: int) -> Tensor:
        drawn = torch.normal(0.0, scale, size=(rows, columns), generator=gen)
        print("drawn", tuple(drawn.shape), drawn.std().item())
        return drawn.requires_grad_(True)

    return MlpParams(
        w1=weights(d_in, d_hidden),
        b1=torch.zeros(d_hidden, requires_grad=True),
        w2=weights(d_hidden, d_out),
        b2=torch.zeros((d_out,), requires_grad=True),
    )
