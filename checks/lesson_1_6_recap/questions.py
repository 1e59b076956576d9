"""What the questions of lesson 1.6 let happen."""

from typing import Any

import torch

from dojo.judge.outcome import Outcome


def differences_added(code: Any) -> Outcome:
    """A line through twenty noisy points, and what is left over."""
    gen = torch.Generator().manual_seed(6)
    x = torch.rand(20, 1, generator=gen) + 1
    y = 2 * x[:, 0] - 1 + 0.3 * torch.randn(20, generator=gen)
    w, b = code.least_squares(x, y)
    left = (x @ w + b - y).double()
    total = left.sum().item()
    words = (
        f"Your line misses the points by {left.abs().min():.3f} to {left.abs().max():.3f}; the "
        f"differences add up to {total:.0e}."
    )
    return Outcome(round(total, 6) + 0.0, words)


def list_of_tensors(_code: object) -> Outcome:
    """A tensor in a list that is promised to hold floats."""
    w = torch.tensor([1.0], requires_grad=True)
    losses: list[float] = []
    keep: list[object] = losses  # pyrefly: ignore
    keep.append((w * 3).square().sum())
    (kept,) = losses
    made_of = getattr(kept, "grad_fn", None)
    words = (
        f"Nothing was raised. In the list stands {kept}, of type {type(kept).__name__}; asked what "
        f"it was made of, it says {type(made_of).__name__}."
    )
    return Outcome(isinstance(kept, torch.Tensor) and made_of is not None, words)
