"""A layer class with its own backward; float32 by name."""

from dataclasses import dataclass

import torch
from jaxtyping import Float
from torch import Tensor


@dataclass
class MlpParams:
    w1: Float[Tensor, "i h"]
    b1: Float[Tensor, "h"]
    w2: Float[Tensor, "h o"]
    b2: Float[Tensor, "o"]


class Layer:
    def __init__(self, w, b):
        self.w, self.b = w.to(torch.float32), b.to(torch.float32)

    def forward(self, x):
        self.x = x
        return torch.addmm(self.b, x, self.w)

    def backward(self, g):
        self.gw = torch.mm(self.x.t(), g)
        self.gb = torch.sum(g, 0)
        return torch.mm(g, self.w.t())


def mlp_grads(x: Float[Tensor, "n i"], y: Float[Tensor, "n 1"], p: MlpParams) -> MlpParams:
    first, second = Layer(p.w1, p.b1), Layer(p.w2, p.b2)
    pre = first.forward(x.float())
    scores = second.forward(torch.nn.functional.relu(pre))
    loss_grad = (torch.sigmoid(scores) - y.float()) / x.shape[0]
    back = second.backward(loss_grad)
    back[pre <= 0] = 0
    first.backward(back)
    print("gradient norms", first.gw.norm().item(), second.gw.norm().item())
    return MlpParams(first.gw, first.gb, second.gw, second.gb)
