"""Run a batch of inputs through a network with one hidden layer."""

from collections.abc import Callable
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


def forward(
    x: Float[Tensor, "n i"], p: MlpParams, act: Callable[[Tensor], Tensor]
) -> Float[Tensor, "n o"]:
    """Return the outputs of the network, one row for each row of x.

    - The hidden layer: x times w1, plus b1, and then the activation ``act``.
    - The output layer: the hidden layer times w2, plus b2, and no activation.
    - ``act`` is any function that works on each number by itself: torch.tanh, torch.relu, or one
      of the caller's own. The hidden layer uses the one that is given.
    - The result has shape (n, o) also when n or o is 1.
    - It can be differentiated with respect to x and to all four parameters.
    - The arguments stay unchanged.
    """
    # Your code here.
    raise NotImplementedError
