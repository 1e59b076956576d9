"""Results of every kind."""

from collections.abc import Iterator
from contextlib import contextmanager

import torch
from jaxtyping import Float, Int
from torch import Tensor


def batches(n: int, size: int, gen: torch.Generator) -> Iterator[Int[Tensor, "b"]]:
    """Yield the numbers 0 to n - 1 in random order from gen, ``size`` at a time; n at least 1."""
    # --- yours
    return iter(torch.randperm(n, generator=gen).split(size))
    # --- end


def noise(n: int, gen: torch.Generator) -> Iterator[float]:
    """Yield n uniform numbers from gen, each drawn when it is asked for."""
    # --- yours
    return (float(torch.rand((), generator=gen)) for _ in range(n))
    # --- end


def columns(x: Float[Tensor, "n d"]) -> dict[str, Float[Tensor, "n"]]:
    """Return the columns of x under the names x0, x1, ..."""
    # --- yours
    return {f"x{i}": x[:, i] for i in range(x.shape[1])}
    # --- end


def labels(y: Int[Tensor, "n"]) -> set[int]:
    """Return the labels that occur."""
    # --- yours
    return {int(v) for v in y}
    # --- end


def first_above(losses: list[float], limit: float) -> int | None:
    """Return the place of the first loss above the limit, or None."""
    # --- yours
    for i, loss in enumerate(losses):
        if loss > limit:
            return i
    return None
    # --- end


@contextmanager
def default_dtype(dtype: torch.dtype) -> Iterator[torch.dtype]:
    """Within the block torch's default dtype is another; gives the one before."""
    # --- yours
    before = torch.get_default_dtype()
    torch.set_default_dtype(dtype)
    try:
        yield before
    finally:
        torch.set_default_dtype(before)
    # --- end


class History:
    """Losses by epoch: it has a length, epochs can be asked for, and `in` finds a loss."""

    def __init__(self, losses: list[float]) -> None:
        """Keep them."""
        # --- yours
        self._losses = list(losses)
        # --- end

    def __len__(self) -> int:
        """How many."""
        # --- yours
        return len(self._losses)
        # --- end

    def __getitem__(self, epoch: int) -> float:
        """One of them."""
        # --- yours
        return self._losses[epoch]
        # --- end
