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
