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
    eye = torch.eye(len(w), dtype=w.dtype)  # x = relu(x) - relu(-x), input by input
    return MlpParams(
        w1=torch.cat([eye, -eye], dim=1),
        b1=torch.zeros(2 * len(w), dtype=w.dtype),
        w2=torch.cat([w, -w]).reshape(-1, 1),
        b2=b.clone(),
    )
