"""Signs by NumPy, rows of an identity matrix, comprehensions, zeros where it is flagged."""

from collections.abc import Callable

import numpy as np
import torch
from jaxtyping import Bool, Float
from torch import Tensor


def crossed_kink(
    pre_plus: Float[Tensor, "..."], pre_minus: Float[Tensor, "..."]
) -> Bool[Tensor, "..."]:
    changed = np.sign(pre_plus.numpy()) != np.sign(pre_minus.numpy())
    return torch.from_numpy(np.asarray(changed))


def numeric_grad_safe(
    f: Callable[[Float[Tensor, "n"]], Float[Tensor, ""]],
    pre: Callable[[Float[Tensor, "n"]], Float[Tensor, "..."]],
    x: Float[Tensor, "n"],
    h: float = 1e-5,
) -> tuple[Float[Tensor, "n"], Bool[Tensor, "n"]]:
    moves = [h * row for row in torch.eye(len(x), dtype=torch.float64)]
    mask = torch.stack([crossed_kink(pre(x + m), pre(x - m)).flatten().any() for m in moves])
    grad = torch.stack([0.5 / h * (f(x + m) - f(x - m)) for m in moves])
    return torch.where(mask, torch.zeros_like(grad), grad), mask
