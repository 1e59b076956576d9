import torch
from jaxtyping import Float
from torch import Tensor, nn


class Dropout(nn.Module):
    def __init__(self, p: float, gen: torch.Generator) -> None:
        super().__init__()
        self.rate = p
        self.source = gen

    def forward(self, x: Float[Tensor, "*b"]) -> Float[Tensor, "*b"]:
        if self.training:
            chance = torch.full_like(x, 1 - self.rate)
            mask = torch.bernoulli(chance, generator=self.source)
            return x * mask.div_(1 - self.rate)
        return x.clone()
