import torch
from jaxtyping import Float
from torch import Tensor


class Standardizer:
    def __init__(self) -> None:
        self.shift = torch.zeros(1, 1)
        self.factor = torch.ones(1, 1)

    def fit(self, x: Float[Tensor, "n d"]) -> "Standardizer":
        var, mean = torch.var_mean(x, dim=0, keepdim=True, unbiased=False)
        self.shift = mean
        self.factor = torch.where(var > 0, var.sqrt(), torch.ones_like(var))
        return self

    def transform(self, x: Float[Tensor, "m d"]) -> Float[Tensor, "m d"]:
        return torch.div(torch.sub(x, self.shift), self.factor)

    def inverse(self, x: Float[Tensor, "m d"]) -> Float[Tensor, "m d"]:
        return torch.addcmul(self.shift, x, self.factor)
