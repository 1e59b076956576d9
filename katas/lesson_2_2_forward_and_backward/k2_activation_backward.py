"""The backward passes of three activations: each is one slope, multiplied by what arrives.

In all three, g is the derivative of the loss by the activation's output, number by number, and
the result is the derivative of the loss by z, its input.
"""

from jaxtyping import Float
from torch import Tensor


def relu_back(z: Float[Tensor, "*s"], g: Float[Tensor, "*s"]) -> Float[Tensor, "*s"]:
    """Return the derivative by z, where the forward pass was a = relu(z).

    - z is the INPUT of the activation. Where z is exactly 0, any slope from 0 to 1 is right.
    """
    # Your code here.
    raise NotImplementedError


def sigmoid_back(a: Float[Tensor, "*s"], g: Float[Tensor, "*s"]) -> Float[Tensor, "*s"]:
    """Return the derivative by z, where the forward pass was a = sigmoid(z).

    - a is the OUTPUT of the activation, kept from the forward pass; z is not at hand.
    """
    # Your code here.
    raise NotImplementedError


def tanh_back(a: Float[Tensor, "*s"], g: Float[Tensor, "*s"]) -> Float[Tensor, "*s"]:
    """Return the derivative by z, where the forward pass was a = tanh(z).

    - a is the OUTPUT of the activation, kept from the forward pass; z is not at hand.
    - In all three functions: no backward(), no torch.autograd; any number of dimensions; the
      arguments stay as they were.
    """
    # Your code here.
    raise NotImplementedError
