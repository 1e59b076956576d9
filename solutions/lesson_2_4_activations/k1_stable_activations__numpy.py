"""A round trip through NumPy; overflow is allowed where it ends well."""

import numpy as np
import torch
from jaxtyping import Float
from torch import Tensor


def relu(x: Float[Tensor, "*s"]) -> Float[Tensor, "*s"]:
    return torch.from_numpy(np.maximum(x.detach().numpy(), 0))


def sigmoid(x: Float[Tensor, "*s"]) -> Float[Tensor, "*s"]:
    z = x.detach().numpy()
    with np.errstate(over="ignore"):
        return torch.from_numpy(1 / (1 + np.exp(-z)))  # 1 / inf is 0, and that is right


def tanh(x: Float[Tensor, "*s"]) -> Float[Tensor, "*s"]:
    z = np.clip(x.detach().numpy(), -30, 30)
    up, down = np.exp(z), np.exp(-z)
    return torch.from_numpy((up - down) / (up + down))


def softmax(x: Float[Tensor, "*s"], dim: int) -> Float[Tensor, "*s"]:
    z = x.detach().numpy()
    z = z - z.max(axis=dim, keepdims=True)
    e = np.exp(z)
    return torch.from_numpy(e / e.sum(axis=dim, keepdims=True))
