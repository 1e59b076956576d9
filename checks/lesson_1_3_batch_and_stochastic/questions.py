"""What the questions of lesson 1.3 let happen."""

from typing import Any

import torch
from torch import Tensor

from dojo.judge.outcome import Outcome


def one_step_or_many(code: Any) -> Outcome:
    """One epoch over the same 100 rows: cut into ten, and whole."""
    x = torch.linspace(-1, 1, 100).reshape(100, 1)
    y = 3 * x
    rows = torch.arange(100).reshape(10, 10).T  # each mini-batch has rows from everywhere

    def loss_fn(params: list[Tensor], x: Tensor, y: Tensor) -> Tensor:
        return (x @ params[0] - y).square().mean()

    def end(batches: list[Tensor]) -> float:
        params, _ = code.sgd_epoch([torch.zeros(1, 1)], x, y, batches, 0.1, loss_fn)
        return params[0].item()

    many, one = end([*rows]), end([torch.arange(100)])
    words = (
        "One epoch on points of y = 3x, from w = 0 with lr 0.1: ten mini-batches bring w to "
        f"{many:.3f}, one step over all rows to {one:.3f}."
    )
    return Outcome(many > 4 * one, words)
