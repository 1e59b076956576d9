"""A network with one hidden layer that works out its own gradients: no autograd anywhere."""

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


class ManualMLP:
    """Linear layer, tanh, linear layer with one output; the gradients are worked out by hand.

    One round of training is ``forward``, ``backward``, ``step``, in this order. Batches may have
    different sizes from round to round. Two networks share nothing: each can be trained while the
    other one waits.
    """

    def __init__(self, p: MlpParams) -> None:
        """Start from copies of the parameters in ``p``; there is one output, so o is 1."""
        self.w1 = p.w1.detach().clone()
        self.b1 = p.b1.detach().clone()
        self.w2 = p.w2.detach().clone()
        self.b2 = p.b2.detach().clone()

    def forward(self, x: Float[Tensor, "n i"]) -> Float[Tensor, "n 1"]:
        """Return one output for each row of ``x``; keep what ``backward`` will need.

        tanh bends the hidden layer, and nothing bends the output.
        """
        # Your code here.
        raise NotImplementedError

    def backward(self, gout: Float[Tensor, "n 1"]) -> None:
        """Work out the gradients of all four parameters, and keep them for ``step``.

        - ``gout`` is the derivative of the loss with respect to each output of the latest
          ``forward``: one number for each row. If the loss is a mean, its 1/n is in it already.
        - No parameter moves yet.
        - The new gradients take the place of those of the ``backward`` before.
        """
        # Your code here.
        raise NotImplementedError

    def step(self, lr: float) -> None:
        """Move all four parameters against the gradients of the latest ``backward``, by ``lr``.

        The next ``forward`` uses the parameters as they are then.
        """
        # Your code here.
        raise NotImplementedError
