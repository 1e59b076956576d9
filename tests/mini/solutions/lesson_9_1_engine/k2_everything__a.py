"""Functions of every sort, for tests of the wall."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import torch
from jaxtyping import Float
from torch import Tensor


@dataclass
class Pair:
    a: Float[Tensor, "n"]
    b: Float[Tensor, "m"]


def halve(p: Pair) -> None:
    """Halve both tensors of the pair in place."""

    p.a *= 0.5
    p.b *= 0.5


def sum_of(f: Callable[[Tensor], Tensor], x: Float[Tensor, "n"]) -> float:
    """Return f(x) + f(2x) as a number; x is changed in between and put back."""

    first = float(f(x))
    x *= 2
    second = float(f(x))
    x /= 2
    return first + second


def activate(x: Float[Tensor, "n"], act: Callable[[Tensor], Tensor]) -> Float[Tensor, "n"]:
    """Return act(3x), differentiable."""

    return act(3 * x)


def draw(n: int, gen: torch.Generator) -> Float[Tensor, "n"]:
    """Return n normal numbers from gen."""

    return torch.randn(n, generator=gen)


def count(n: int) -> Iterator[Float[Tensor, ""]]:
    """Yield 0, 1, ... n - 1 as tensors."""

    for i in range(n):
        yield torch.tensor(float(i))


class Counter:
    """Counts what it is given."""

    def __init__(self, start: int) -> None:
        self.total = start

    def add(self, x: Float[Tensor, "n"]) -> int:
        """Add the number of items of x and return the total."""
        # --- yours
        self.total += len(x)
        return self.total
        # --- end
