from collections.abc import Callable

import torch
from jaxtyping import Float
from torch import Tensor, nn


def small_random(*shape: int) -> nn.Parameter:
    return nn.Parameter(torch.randn(*shape) / shape[0] ** 0.5)


class MLP(nn.Module):
    def __init__(
        self,
        d_in: int,
        d_hidden: int,
        d_out: int,
        act: Callable[[Tensor], Tensor] = torch.relu,
    ) -> None:
        super().__init__()
        self.activation = act
        # (in, out) instead of nn.Linear's (out, in): then x @ w needs no transpose
        self.w2, self.b2 = small_random(d_hidden, d_out), nn.Parameter(torch.zeros(d_out))
        self.w1, self.b1 = small_random(d_in, d_hidden), nn.Parameter(torch.zeros(d_hidden))

    def forward(self, x: Float[Tensor, "n d_in"]) -> Float[Tensor, "n d_out"]:
        h = self.activation(x @ self.w1 + self.b1)
        return h @ self.w2 + self.b2
