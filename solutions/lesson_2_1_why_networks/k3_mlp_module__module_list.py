from collections.abc import Callable

import torch
from jaxtyping import Float
from torch import Tensor, nn


class MLP(nn.Module):
    def __init__(
        self,
        d_in: int,
        d_hidden: int,
        d_out: int,
        act: Callable[[Tensor], Tensor] = torch.relu,
    ) -> None:
        nn.Module.__init__(self)
        sizes = (d_in, d_hidden, d_out)
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes[:-1], sizes[1:]))
        self.f = act
        for layer in self.layers:
            nn.init.xavier_normal_(layer.weight)
            nn.init.zeros_(layer.bias)
        print(sum(p.numel() for p in self.parameters()), "parameters")

    def forward(self, x: Float[Tensor, "n d_in"]) -> Float[Tensor, "n d_out"]:
        out = x
        for k, layer in enumerate(self.layers):
            out = layer(out)
            if k < len(self.layers) - 1:
                out = self.f(out)
        return out
