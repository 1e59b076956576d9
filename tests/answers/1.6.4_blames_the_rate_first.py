# first: blow-up-first
"""The loop is asked rightly, but only after every run that blows up has been put down to lr."""

from dataclasses import dataclass
from typing import Literal

import torch
from jaxtyping import Float
from torch import Tensor


@dataclass(frozen=True)
class Trace:
    params: Float[Tensor, "t p"]
    grads: Float[Tensor, "t p"]
    losses: Float[Tensor, "t"]
    lr: float
    n: int


def diagnose(
    trace: Trace,
) -> Literal["ok", "no_zero_grad", "no_step", "ascent", "lr_too_high", "lr_too_low", "sum_loss"]:
    start, end = trace.losses[0].item(), trace.losses[-1].item()
    if not end <= 10 * start:
        return "lr_too_high"
    steps = trace.params[1:4] - trace.params[0:3]
    if torch.all(steps == 0):
        return "no_step"
    g = trace.grads[:3]
    times = -(steps[0] * g[0]).sum() / (trace.lr * (g[0] * g[0]).sum())
    if times < 0:
        return "ascent"
    if times > trace.n / 2:
        return "sum_loss"
    second = steps[1] / -trace.lr
    if (second - g[0] - g[1]).norm() < (second - g[1]).norm():
        return "no_zero_grad"
    return "ok" if end < 0.3 * start else "lr_too_low"
