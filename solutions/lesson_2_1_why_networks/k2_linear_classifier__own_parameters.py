import torch
import torch.nn as nn
from jaxtyping import Float
from torch import Tensor


class LinearClassifier(nn.Module):
    def __init__(self, d_in: int) -> None:
        super(LinearClassifier, self).__init__()
        self.bias = nn.Parameter(torch.zeros(1))
        self.weight = nn.Parameter(torch.randn(d_in) * 0.1)

    def logits(self, x: Float[Tensor, "n d_in"]) -> Float[Tensor, "n 1"]:
        total = (x * self.weight).sum(dim=1) + self.bias
        return total[:, None]

    def forward(self, x: Float[Tensor, "n d_in"]) -> Float[Tensor, "n 1"]:
        z = self.logits(x)
        return 1 / (1 + torch.exp(-z))
