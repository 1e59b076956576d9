import numpy as np
import torch
from jaxtyping import Float
from torch import Tensor, nn


class Dropout(nn.Module):
    def __init__(self, p: float, gen: torch.Generator) -> None:
        nn.Module.__init__(self)
        self.p = p
        self.gen = gen

    def mask(self, shape: torch.Size) -> Tensor:
        seed = int(torch.randint(2**40, (1,), generator=self.gen))
        return torch.from_numpy(np.random.default_rng(seed).random(tuple(shape)) < self.p)

    def forward(self, x: Float[Tensor, "*b"]) -> Float[Tensor, "*b"]:
        if self.training is False:
            return x
        return x.masked_fill(self.mask(x.shape), 0.0) / (1.0 - self.p)
