"""Build, without any training, a ReLU network that runs exactly through given points."""

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


def interpolate(xk: Float[Tensor, "k"], yk: Float[Tensor, "k"]) -> MlpParams:
    """Return the parameters of a network that draws a straight line from each point to the next.

    - The network is relu(x @ w1 + b1) @ w2 + b2, with one input and one output.
    - At every xk its output is the yk that belongs to it, and between two neighbours it is the
      straight line from one to the other. Left of the first point and right of the last, it may
      do what it likes.
    - k points take exactly k - 1 hidden units, so w1 has shape (1, k - 1), b1 (k - 1,),
      w2 (k - 1, 1) and b2 (1,).
    - The points come in any order. There are at least two, and no two xk are equal.
    - xk and yk stay as they were.
    """
    # --- yours
    order = xk.argsort()
    x, y = xk[order], yk[order]
    slopes = y.diff() / x.diff()
    # Each unit starts at a point and stays on, so it adds what the slope changes there.
    changes = torch.cat([slopes[:1], slopes.diff()])
    w1 = torch.ones_like(changes).unsqueeze(0)
    return MlpParams(w1, b1=-x[:-1], w2=changes.unsqueeze(1), b2=y[:1])
    # --- end
