"""Make the parameters of a small network: random weights, zero biases, ready for backward().

The network is input -> hidden layer -> output, so it needs two weight matrices and two biases.
"""

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


def init_params(
    d_in: int, d_hidden: int, d_out: int, scale: float, gen: torch.Generator
) -> MlpParams:
    """Return fresh parameters for d_in inputs, d_hidden hidden units and d_out outputs.

    - Shapes: w1 (d_in, d_hidden), b1 (d_hidden,), w2 (d_hidden, d_out), b2 (d_out,).
    - Every weight is a random draw of its own, with mean 0 and standard deviation ``scale``.
    - The biases are exactly zero.
    - All random numbers come from ``gen``: the same state of ``gen`` gives the same parameters,
      the next call with it gives others, and torch's global random generator is left alone.
    - All four tensors are leaves that require grad, so that backward() fills their ``.grad``.
    - They share no memory: changing a number of one in place changes no other number.
    """
    # Your code here.
    raise NotImplementedError
