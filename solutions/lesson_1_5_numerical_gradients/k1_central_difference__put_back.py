"""One coordinate after the other is moved in place and put back."""

from collections.abc import Callable

import torch
from jaxtyping import Float
from torch import Tensor


def numeric_grad(
    f: Callable[[Float[Tensor, "n"]], Float[Tensor, ""]],
    x: Float[Tensor, "n"],
    h: float = 1e-5,
) -> Float[Tensor, "n"]:
    out = torch.empty(x.shape, dtype=torch.float64)
    for k, old in enumerate(x.tolist()):
        x[k] = old - h
        low = f(x).item()
        x[k] = old + h
        high = f(x).item()
        x[k] = old
        out[k] = (high - low) / h / 2
    print("numeric gradient:", out)
    return out
