from collections import OrderedDict

import torch.nn.functional as F
from jaxtyping import Float
from torch import Tensor, nn


class LinearClassifier(nn.Module):
    def __init__(self, d_in: int) -> None:
        super().__init__()
        parts = [("score", nn.Linear(d_in, 1)), ("squash", nn.Sigmoid())]
        self.net = nn.Sequential(OrderedDict(parts))
        nn.init.zeros_(self.net.score.weight)

    def logits(self, x: Float[Tensor, "n d_in"]) -> Float[Tensor, "n 1"]:
        layer = self.net[0]
        return F.linear(x, layer.weight, layer.bias)

    def forward(self, x: Float[Tensor, "n d_in"]) -> Float[Tensor, "n 1"]:
        return self.net(x)
