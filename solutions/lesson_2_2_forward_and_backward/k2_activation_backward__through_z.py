"""Finds z again from a, and writes the slopes in z; ReLU by torch.where."""

import numpy as np
import torch
from jaxtyping import Float
from torch import Tensor


def relu_back(z: Float[Tensor, "*s"], g: Float[Tensor, "*s"]) -> Float[Tensor, "*s"]:
    return torch.where(z > 0, g, torch.zeros_like(g))


def sigmoid_back(a: Float[Tensor, "*s"], g: Float[Tensor, "*s"]) -> Float[Tensor, "*s"]:
    z = torch.log(a / (1 - a))
    return torch.sigmoid(z) * torch.sigmoid(-z) * g


def tanh_back(a: Float[Tensor, "*s"], g: Float[Tensor, "*s"]) -> Float[Tensor, "*s"]:
    z = np.arctanh(a.numpy())
    sech = 1 / np.cosh(z)
    return g * torch.from_numpy(np.asarray(sech * sech))
