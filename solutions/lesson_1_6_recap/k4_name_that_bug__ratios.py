import math
from dataclasses import dataclass
from typing import Literal

from jaxtyping import Float
from torch import Tensor


@dataclass(frozen=True)
class Trace:
    params: Float[Tensor, "t p"]
    grads: Float[Tensor, "t p"]
    losses: Float[Tensor, "t"]
    lr: float
    n: int


def dot(a: list[float], b: list[float]) -> float:
    return sum(u * v for u, v in zip(a, b, strict=True))


def minus(a: list[float], b: list[float]) -> list[float]:
    return [u - v for u, v in zip(a, b, strict=True)]


def diagnose(
    trace: Trace,
) -> Literal["ok", "no_zero_grad", "no_step", "ascent", "lr_too_high", "lr_too_low", "sum_loss"]:
    rows, slopes = trace.params[:5].tolist(), trace.grads[:5].tolist()
    first, second = minus(rows[1], rows[0]), minus(rows[2], rows[1])
    if not any(first):
        return "no_step"
    times = -dot(first, slopes[0]) / (trace.lr * dot(slopes[0], slopes[0]))
    if round(times) != 1:
        return "ascent" if times < 0 else "sum_loss"
    # What is left of the second step when its own gradient is taken off, in units of the first.
    rest = [s + trace.lr * g for s, g in zip(second, slopes[1], strict=True)]
    if dot(rest, first) > 0.5 * dot(first, first):
        return "no_zero_grad"
    losses = trace.losses.tolist()
    if not math.isfinite(losses[-1]) or losses[-1] > 2 * losses[0]:
        return "lr_too_high"
    return "ok" if losses[-1] < losses[0] / 3 else "lr_too_low"
