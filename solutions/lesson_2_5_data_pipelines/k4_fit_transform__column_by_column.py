import math

import torch
from jaxtyping import Float
from torch import Tensor


class Standardizer:
    def fit(self, x: Float[Tensor, "n d"]) -> "Standardizer":
        self.columns: list[tuple[float, float]] = []
        for j in range(x.shape[1]):
            values = x[:, j].tolist()
            middle = sum(values) / len(values)
            spread = math.sqrt(sum((v - middle) ** 2 for v in values) / len(values))
            if min(values) == max(values):
                spread = 1.0
            self.columns.append((middle, spread))
        return self

    def transform(self, x: Float[Tensor, "m d"]) -> Float[Tensor, "m d"]:
        out = torch.empty_like(x)
        for j, (middle, spread) in enumerate(self.columns):
            out[:, j] = (x[:, j] - middle) / spread
        return out

    def inverse(self, x: Float[Tensor, "m d"]) -> Float[Tensor, "m d"]:
        out = x.clone()
        for j, (middle, spread) in enumerate(self.columns):
            out[:, j].mul_(spread).add_(middle)
        return out
