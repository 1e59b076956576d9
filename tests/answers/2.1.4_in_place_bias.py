# first: arguments-changed
"""+= writes into the biases of the caller."""

from collections.abc import Sequence
import torch
from jaxtyping import Float
from torch import Tensor


def collapse(layers: Sequence[tuple[Float[Tensor, 'i o'], Float[Tensor, 'o']]]) -> tuple[Float[Tensor, 'i k'], Float[Tensor, 'k']]:
    total_w, total_b = None, None
    for w, b in layers:
        if total_w is None:
            total_w, total_b = w, b
        else:
            total_w = total_w @ w
            b += total_b @ w
            total_b = b
    return total_w, total_b
