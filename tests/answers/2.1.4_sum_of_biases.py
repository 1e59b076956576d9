# first: biases-only-added
"""The biases are only added up."""

from collections.abc import Sequence
import torch
from jaxtyping import Float
from torch import Tensor


def collapse(layers: Sequence[tuple[Float[Tensor, 'i o'], Float[Tensor, 'o']]]) -> tuple[Float[Tensor, 'i k'], Float[Tensor, 'k']]:
    w, b = layers[0]
    w, b = w.clone(), b.clone()
    for next_w, next_b in list(layers)[1:]:
        w = torch.mm(w, next_w)
        b = b + next_b
    return w, b
