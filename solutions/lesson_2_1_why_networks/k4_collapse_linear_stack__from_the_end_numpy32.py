from collections.abc import Sequence

import numpy as np
import torch
from jaxtyping import Float
from torch import Tensor


def collapse(
    layers: Sequence[tuple[Float[Tensor, "i o"], Float[Tensor, "o"]]],
) -> tuple[Float[Tensor, "i k"], Float[Tensor, "k"]]:
    ws = [w.numpy().astype(np.float32) for w, _ in layers]
    bs = [b.numpy().astype(np.float32) for _, b in layers]
    rest = np.eye(ws[-1].shape[1], dtype=np.float32)  # all layers behind this one
    bias = np.zeros(ws[-1].shape[1], dtype=np.float32)
    for w, b in zip(ws[::-1], bs[::-1]):
        bias = bias + np.einsum("i,ij->j", b, rest)
        rest = np.einsum("ij,jk->ik", w, rest)
    return torch.from_numpy(rest), torch.from_numpy(bias)
