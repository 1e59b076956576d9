import numpy as np
import torch
from jaxtyping import Float
from torch import Tensor


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    xs, ys = x.numpy().astype(np.float32), y.numpy().astype(np.float32)
    diff = xs * w.numpy().astype(np.float32) + b.numpy().astype(np.float32) - ys
    gw = np.array([2 * np.mean(diff * xs)], dtype=np.float32)
    gb = np.array([2 * np.mean(diff)], dtype=np.float32)
    return torch.from_numpy(gw), torch.from_numpy(gb)
