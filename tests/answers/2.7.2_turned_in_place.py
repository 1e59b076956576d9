# first: argument-changed
"""The second unit is made of w itself, turned round in place; what comes back is right."""


from dataclasses import dataclass

import torch
from jaxtyping import Float
from torch import Tensor


@dataclass
class MlpParams:
    """The parameters of a network with one hidden layer.

    Attributes:
        w1: weights from each of the i inputs to each of the h hidden units.
        b1: one bias for each hidden unit.
        w2: weights from each hidden unit to each of the o outputs.
        b2: one bias for each output.
    """

    w1: Float[Tensor, "i h"]
    b1: Float[Tensor, "h"]
    w2: Float[Tensor, "h o"]
    b2: Float[Tensor, "o"]


def embed_linear(w: Float[Tensor, "d"], b: Float[Tensor, "1"]) -> MlpParams:
    up = w.clone()
    down = w.neg_()
    w1 = torch.stack([up, down], dim=1).clone()
    w2 = torch.tensor([[1.0], [-1.0]], dtype=w.dtype)
    return MlpParams(w1, torch.zeros(2, dtype=w.dtype), w2, b.clone())
