"""Hide a linear model inside a ReLU network: not nearly, but everywhere."""

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
    """Return the parameters of a ReLU network that gives x @ w + b for every row x.

    - The network is relu(x @ w1 + b1) @ w2 + b2, with d inputs and one output: w1 has shape
      (d, h), b1 (h,), w2 (h, 1) and b2 (1,). How many hidden units h it has is up to you.
    - It holds for every x, also where x @ w + b is negative, and as far out as 1,000,000, up to
      rounding.
    - w may hold zeros, and nothing but zeros; b may be negative.
    - w and b stay as they were.
    """
    # --- yours
    w1 = torch.stack([w, -w], dim=1)  # (d, 2): one unit for each side
    b1 = torch.cat([b, -b])
    w2 = torch.tensor([[1.0], [-1.0]], dtype=w.dtype)
    return MlpParams(w1, b1, w2, b2=torch.zeros_like(b))
    # --- end
