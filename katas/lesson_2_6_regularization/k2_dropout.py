"""Switch numbers off at random while training, so that none is relied upon."""

import torch
from jaxtyping import Float
from torch import Tensor, nn


class Dropout(nn.Module):
    """Dropout with a generator of its own."""

    def __init__(self, p: float, gen: torch.Generator) -> None:
        """Keep p, the probability that a number is switched off (0 or more, below 1), and gen."""
        # Your code here.
        raise NotImplementedError

    def forward(self, x: Float[Tensor, "*b"]) -> Float[Tensor, "*b"]:
        """Return x with some of its numbers switched off.

        - In training mode each number becomes 0 with probability p, each by itself, and anew in
          each call. All others are divided by 1 - p, so that the mean stays what it was.
        - In evaluation mode x comes back with all its numbers as they are.
        - All random numbers come from gen.
        - Gradients flow back through the numbers that were kept, divided by 1 - p as well; in
          evaluation mode through all of them, as they are.
        - x stays as it was.
        """
        # Your code here.
        raise NotImplementedError
