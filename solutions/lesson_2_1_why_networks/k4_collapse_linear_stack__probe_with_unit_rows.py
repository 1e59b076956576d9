from collections.abc import Sequence

import torch
from jaxtyping import Float
from torch import Tensor


def run(x: Tensor, layers: Sequence[tuple[Tensor, Tensor]]) -> Tensor:
    for w, b in layers:
        x = x @ w + b
    return x


def collapse(
    layers: Sequence[tuple[Float[Tensor, "i o"], Float[Tensor, "o"]]],
) -> tuple[Float[Tensor, "i k"], Float[Tensor, "k"]]:
    # a row of zeros shows the bias, the unit rows show the rows of the weight
    d = layers[0][0].shape[0]
    b = run(torch.zeros(1, d, dtype=layers[0][0].dtype), layers)
    w = run(torch.eye(d, dtype=layers[0][0].dtype), layers) - b
    return w, b.squeeze(0)
