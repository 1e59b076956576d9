"""A multi-layer perceptron with one hidden layer, as an nn.Module."""

from collections.abc import Callable

import torch
from jaxtyping import Float
from torch import Tensor, nn


class MLP(nn.Module):
    """Linear layer, activation, linear layer."""

    def __init__(
        self,
        d_in: int,
        d_hidden: int,
        d_out: int,
        act: Callable[[Tensor], Tensor] = torch.relu,
    ) -> None:
        """Make the two layers, with random weights, and keep the activation.

        ``parameters()`` gives four tensors: a weight and a bias for each layer. The hidden layer
        has d_hidden units with d_in weights each, the output layer d_out units with d_hidden
        weights each; every unit has one bias.
        """
        # Your code here.
        raise NotImplementedError

    def forward(self, x: Float[Tensor, "n d_in"]) -> Float[Tensor, "n d_out"]:
        """Return the outputs for each row: hidden layer, activation, output layer.

        - act is called once, on what the hidden layer gives; nothing bends the outputs.
        - Layers are called as functions, not by their forward: so hooks on them run too.
        - Gradients flow back to all four parameters.
        """
        # Your code here.
        raise NotImplementedError
