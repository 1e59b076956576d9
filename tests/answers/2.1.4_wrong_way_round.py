# first: reversed-product
"""The weights are multiplied in the reverse order."""

from collections.abc import Sequence
import torch
from jaxtyping import Float
from torch import Tensor


def collapse(layers: Sequence[tuple[Float[Tensor, 'i o'], Float[Tensor, 'o']]]) -> tuple[Float[Tensor, 'i k'], Float[Tensor, 'k']]:
    w_all, b_all = layers[0]
    for w, b in layers[1:]:
        w_all = w @ w_all
        b_all = b_all @ w + b
    return w_all, b_all
