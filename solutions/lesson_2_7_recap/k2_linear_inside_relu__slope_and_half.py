import numpy as np
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


def embed_linear(w: Float[Tensor, "d"], b: Float[Tensor, "1"]) -> MlpParams:
    # the first four units are abs(z) / 2 and z / 2 once more, written as relus; the fifth rests
    weights, offset = w.detach().numpy(), b.detach().numpy()
    signs = np.array([1.0, -1.0, 1.0, -1.0, 0.0], dtype=weights.dtype)
    out = np.array([0.5, 0.5, 0.5, -1.5, 7.0], dtype=weights.dtype)
    return MlpParams(
        torch.from_numpy(np.outer(weights, signs)),
        torch.from_numpy(offset * signs),
        torch.from_numpy(out[:, None]),
        torch.from_numpy(np.zeros_like(offset)),
    )
