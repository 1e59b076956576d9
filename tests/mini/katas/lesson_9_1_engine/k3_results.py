"""Results of every kind."""

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from jaxtyping import Float, Int
from torch import Tensor


def batches(n: int, size: int, gen: torch.Generator) -> Iterator[Int[Tensor, "b"]]:
    """Yield the numbers 0 to n - 1 in random order from gen, ``size`` at a time; n at least 1."""
    # Your code here.
    raise NotImplementedError


def noise(n: int, gen: torch.Generator) -> Iterator[float]:
    """Yield n uniform numbers from gen, each drawn when it is asked for."""
    # Your code here.
    raise NotImplementedError


def columns(x: Float[Tensor, "n d"]) -> dict[str, Float[Tensor, "n"]]:
    """Return the columns of x under the names x0, x1, ..."""
    # Your code here.
    raise NotImplementedError


def labels(y: Int[Tensor, "n"]) -> set[int]:
    """Return the labels that occur."""
    # Your code here.
    raise NotImplementedError


def first_above(losses: list[float], limit: float) -> int | None:
    """Return the place of the first loss above the limit, or None."""
    # Your code here.
    raise NotImplementedError


@contextmanager
def default_dtype(dtype: torch.dtype) -> Iterator[torch.dtype]:
    """Within the block torch's default dtype is another; gives the one before."""
    # Your code here.
    raise NotImplementedError


class History:
    """Losses by epoch: it has a length, epochs can be asked for, and `in` finds a loss."""

    def __init__(self, losses: list[float]) -> None:
        """Keep them."""
        # Your code here.
        raise NotImplementedError

    def __len__(self) -> int:
        """How many."""
        # Your code here.
        raise NotImplementedError

    def __getitem__(self, epoch: int) -> float:
        """One of them."""
        # Your code here.
        raise NotImplementedError
