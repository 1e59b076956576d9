"""Backpropagation through a network with one hidden layer, by hand.

For a batch x of n rows, with the parameters p:

    z = x @ p.w1 + p.b1
    h = relu(z)
    logit = h @ p.w2 + p.b2
    prob = sigmoid(logit)

The loss is the binary cross-entropy, a mean over the rows:

    loss = mean of -(y * log(prob) + (1 - y) * log(1 - prob))
"""

from dataclasses import dataclass

import torch
from jaxtyping import Float
from torch import Tensor


@dataclass
class MlpParams:
    """The parameters of a network with one hidden layer, or the derivatives by them.

    Attributes:
        w1: weights from each of the i inputs to each of the h hidden units.
        b1: one bias for each hidden unit.
        w2: weights from each hidden unit to each of the o outputs (one output here).
        b2: one bias for each output.
    """

    w1: Float[Tensor, "i h"]
    b1: Float[Tensor, "h"]
    w2: Float[Tensor, "h o"]
    b2: Float[Tensor, "o"]


def mlp_grads(x: Float[Tensor, "n i"], y: Float[Tensor, "n 1"], p: MlpParams) -> MlpParams:
    """Return the derivatives of the loss by all four parameters, under the parameters' names.

    - y holds zeros and ones.
    - Each derivative has the shape of its parameter.
    - All of them are taken at the parameters as they are: nothing moves here.
    - Work them out by the chain rule: neither backward() nor torch.autograd.
    - x, y and p stay as they were.
    """
    # Your code here.
    raise NotImplementedError
