import torch
from jaxtyping import Float
from torch import Tensor, nn


class LinearClassifier(nn.Module):
    """The sigmoid by way of tanh: sigmoid(z) = (1 + tanh(z / 2)) / 2."""

    def __init__(self, d_in: int) -> None:
        super().__init__()
        self.d_in = d_in
        self.register_parameter("w", nn.Parameter(torch.empty(d_in, 1)))
        self.register_parameter("b", nn.Parameter(torch.tensor(0.0)))
        with torch.no_grad():
            self.w.normal_(0.0, 1.0 / d_in**0.5)

    def logits(self, x: Float[Tensor, "n d_in"]) -> Float[Tensor, "n 1"]:
        assert x.shape[1] == self.d_in, "wrong number of columns"
        return torch.einsum("nd,do->no", x, self.w) + self.b

    def forward(self, x: Float[Tensor, "n d_in"]) -> Float[Tensor, "n 1"]:
        return (1.0 + torch.tanh(self.logits(x) / 2.0)) / 2.0
