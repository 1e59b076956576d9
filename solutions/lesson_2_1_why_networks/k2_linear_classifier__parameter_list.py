import torch
from jaxtyping import Float
from torch import Tensor, nn


class LinearClassifier(nn.Module):
    """A parameter for each number, the bias last; the sigmoid side by side for both signs."""

    def __init__(self, d_in: int) -> None:
        super().__init__()
        self.numbers = nn.ParameterList([nn.Parameter(torch.randn(1)) for _ in range(d_in + 1)])

    def logits(self, x: Float[Tensor, "n d_in"]) -> Float[Tensor, "n 1"]:
        total = self.numbers[-1].expand(len(x))
        for j in range(x.shape[1]):
            total = total + x[:, j] * self.numbers[j]
        return total.unsqueeze(1)

    def forward(self, x: Float[Tensor, "n d_in"]) -> Float[Tensor, "n 1"]:
        z = self.logits(x)
        e = torch.exp(-z.abs())
        return torch.where(z >= 0, 1 / (1 + e), e / (1 + e))
