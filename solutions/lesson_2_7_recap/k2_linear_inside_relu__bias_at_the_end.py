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


def embed_linear(w: Float[Tensor, "d"], b: Float[Tensor, "1"]) -> MlpParams:
    w1 = w.new_zeros(w.shape[0], 2)
    w2 = w.new_zeros(2, 1)
    for unit, sign in enumerate((-1.0, 1.0)):
        w1[:, unit] = sign * 2 * w
        w2[unit] = sign / 2
    p = MlpParams(w1, w.new_zeros(2), w2, b.clone())
    return p
