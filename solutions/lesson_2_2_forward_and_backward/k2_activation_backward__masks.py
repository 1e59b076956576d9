import torch
from jaxtyping import Float
from torch import Tensor


def relu_back(z: Float[Tensor, "*s"], g: Float[Tensor, "*s"]) -> Float[Tensor, "*s"]:
    out = g.clone()
    out[z < 0] = 0.0  # at 0 itself the gradient passes
    return out


def sigmoid_back(a: Float[Tensor, "*s"], g: Float[Tensor, "*s"]) -> Float[Tensor, "*s"]:
    slope = a - torch.square(a)
    slope *= g
    return slope


def tanh_back(a: Float[Tensor, "*s"], g: Float[Tensor, "*s"]) -> Float[Tensor, "*s"]:
    return torch.addcmul(g, g, torch.mul(a, a), value=-1)
