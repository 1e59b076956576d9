"""A stack of linear layers without activations is one linear layer: find it.

A layer is a pair (w, b) that turns rows x into x @ w + b. Here w has the shape (in, out), one
column for each output. (nn.Linear keeps its weight the other way round.)
"""

from collections.abc import Sequence

import torch
from jaxtyping import Float
from torch import Tensor


def collapse(
    layers: Sequence[tuple[Float[Tensor, "i o"], Float[Tensor, "o"]]],
) -> tuple[Float[Tensor, "i k"], Float[Tensor, "k"]]:
    """Return the weight and the bias of the one layer that does what all ``layers`` do in a row.

    - The first layer of the list is applied first, what it gives goes into the second, and so on.
    - There may be any number of layers, from one on, and each may have another width: i is the
      number of inputs of the first layer, k the number of outputs of the last.
    - The arguments stay as they were.
    """
    # --- yours
    weight, bias = layers[0]
    for w, b in layers[1:]:
        weight = weight @ w
        bias = bias @ w + b
    return weight, bias
    # --- end
