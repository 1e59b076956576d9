"""One example through a network that solves XOR: every number of both passes.

The network has two inputs, two hidden units and one output, sigmoids throughout:

    z = x @ W + B          what goes into the two hidden units
    h = sigmoid(z)         what comes out of them
    logit = h @ V + C      what goes into the output
    yhat = sigmoid(logit)  the probability that the answer is 1

and its loss is the binary cross-entropy -(y * log(yhat) + (1 - y) * log(1 - yhat)).
"""

from dataclasses import dataclass

import torch
from jaxtyping import Float
from torch import Tensor

W = torch.tensor([[5.0, 5.0], [5.0, 5.0]])  # W[i, j] leads from input i to hidden unit j
B = torch.tensor([-2.5, -7.5])  # the first unit says "at least one", the second "both"
V = torch.tensor([10.0, -10.0])  # V[j] leads from hidden unit j to the output
C = -5.0


@dataclass(frozen=True)
class XorTrace:
    """All numbers of a forward and a backward pass. A name with d is the loss's derivative by it.

    Attributes:
        z, h, logit, yhat: the forward pass, as above.
        dlogit: the derivative by the logit.
        dv: by each weight in V.
        dh: by each hidden unit's output.
        dz: by each hidden unit's input.
        dw: by each weight in W; dw[i, j] belongs to W[i, j].
        db: by each bias in B.
    """

    z: Float[Tensor, "2"]
    h: Float[Tensor, "2"]
    logit: float | Float[Tensor, ""]
    yhat: float | Float[Tensor, ""]
    dlogit: float | Float[Tensor, ""]
    dv: Float[Tensor, "2"]
    dh: Float[Tensor, "2"]
    dz: Float[Tensor, "2"]
    dw: Float[Tensor, "2 2"]
    db: Float[Tensor, "2"]


def xor_trace(x: Float[Tensor, "2"], y: float) -> XorTrace:
    """Return every number of the two passes for the input x and its label y.

    - x may be any two numbers, not only the four inputs of XOR; y is 0.0 or 1.0.
    - The three single numbers may be floats or tensors that hold one number.
    - Work the derivatives out by the chain rule: neither backward() nor torch.autograd.
    - x stays as it was.
    """
    # Your code here.
    raise NotImplementedError
