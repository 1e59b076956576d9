import torch
from jaxtyping import Float
from torch import Tensor, nn


class Dropout(nn.Module):
    def __init__(self, p: float, gen: torch.Generator) -> None:
        super().__init__()
        self.p, self.gen = p, gen
        self.scale = 1.0 / (1.0 - p)

    def forward(self, x: Float[Tensor, "*b"]) -> Float[Tensor, "*b"]:
        if not self.training or self.p == 0:
            return 1 * x
        u = torch.empty(x.shape).uniform_(0, 1, generator=self.gen)
        return torch.where(u < self.p, torch.zeros_like(x), self.scale * x)
