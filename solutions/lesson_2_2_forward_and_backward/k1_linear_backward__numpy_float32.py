import numpy as np
import torch
from jaxtyping import Float
from torch import Tensor


def as_array(t):
    return t.detach().numpy().astype(np.float32)


def linear_forward(
    x: Float[Tensor, "n i"], w: Float[Tensor, "i o"], b: Float[Tensor, "o"]
) -> Float[Tensor, "n o"]:
    return torch.from_numpy(np.dot(as_array(x), as_array(w)) + as_array(b))


def linear_backward(
    x: Float[Tensor, "n i"], w: Float[Tensor, "i o"], gout: Float[Tensor, "n o"]
) -> tuple[Float[Tensor, "n i"], Float[Tensor, "i o"], Float[Tensor, "o"]]:
    g = as_array(gout)
    results = [g.dot(as_array(w).transpose()), as_array(x).transpose().dot(g), g.sum(0)]
    return tuple(torch.tensor(r) for r in results)
