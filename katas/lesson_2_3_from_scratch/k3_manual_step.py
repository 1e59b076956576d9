"""Make one step of gradient descent on the parameters of a network, by hand."""

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


def sgd_step(p: MlpParams, loss: Tensor, lr: float) -> None:
    """Move all four parameters against the gradient of ``loss``, by ``lr`` times the gradient.

    - ``loss`` is one number that was just computed from p with recording on; its backward() has
      not been called yet.
    - The caller's tensors themselves move: after the call the fields of p are the same four
      tensor objects as before, with new values.
    - They still are leaves that require grad, ready for the next forward pass.
    - The next call starts clean: with a new loss it moves the parameters by the gradient of that
      loss alone, whatever went before.
    """
    # Your code here.
    raise NotImplementedError
