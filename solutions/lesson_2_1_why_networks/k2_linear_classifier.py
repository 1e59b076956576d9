"""A linear classifier: one weight for each input, one bias, and a probability.

The logit of a row is its weighted sum plus the bias, any number at all. The sigmoid
1 / (1 + exp(-logit)) makes a probability of it.
"""

import torch
from jaxtyping import Float
from torch import Tensor, nn


class LinearClassifier(nn.Module):
    """Tells two classes apart by a weighted sum of the inputs."""

    def __init__(self, d_in: int) -> None:
        """Make ``d_in`` weights and one bias, all of them registered as parameters.

        ``parameters()`` then gives d_in + 1 numbers in all, each of which requires grad.
        """
        # --- yours
        super().__init__()
        self.linear = nn.Linear(d_in, 1)
        # --- end

    def logits(self, x: Float[Tensor, "n d_in"]) -> Float[Tensor, "n 1"]:
        """Return the weighted sum of each row plus the bias, as a column; nothing squeezes it.

        Gradients flow back to all parameters.
        """
        # --- yours
        return self.linear(x)
        # --- end

    def forward(self, x: Float[Tensor, "n d_in"]) -> Float[Tensor, "n 1"]:
        """Return the probability of class 1 for each row: the sigmoid of its logit.

        Gradients flow back to all parameters.
        """
        # --- yours
        return torch.sigmoid(self.logits(x))
        # --- end
