"""allclose, after both have been brought to the length one."""

from collections.abc import Callable

import torch
from jaxtyping import Float
from torch import Tensor


class Checker:
    step = 1e-4

    def __init__(self, f: Callable[[Tensor], Tensor]) -> None:
        self.f = f

    def measure(self, x: Tensor) -> Tensor:
        entries: list[Tensor] = []
        for e in torch.eye(len(x), dtype=torch.float64) * self.step:
            entries.append((self.f(x + e) - self.f(x - e)) / (2 * self.step))
        return torch.stack(entries)


def gradient_is_right(
    f: Callable[[Float[Tensor, "n"]], Float[Tensor, ""]],
    x: Float[Tensor, "n"],
    claimed: Float[Tensor, "n"],
) -> bool:
    numeric = Checker(f).measure(x)
    unit = torch.linalg.vector_norm(numeric)
    return torch.allclose(claimed / unit, numeric / unit, rtol=0.0, atol=1e-6)
