import numpy as np
import torch
from jaxtyping import Float
from torch import Tensor


class Standardizer:
    def fit(self, x: Float[Tensor, "n d"]) -> "Standardizer":
        table = x.numpy()
        self.m = np.mean(table, axis=0)
        spread = np.std(table, axis=0)
        self.s = np.where(spread > 0, spread, 1).astype(table.dtype)
        return self

    def transform(self, x: Float[Tensor, "m d"]) -> Float[Tensor, "m d"]:
        return torch.from_numpy((x.numpy() - self.m) / self.s)

    def inverse(self, x: Float[Tensor, "m d"]) -> Float[Tensor, "m d"]:
        return torch.from_numpy(x.numpy() * self.s + self.m)
