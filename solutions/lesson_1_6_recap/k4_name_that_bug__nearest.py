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


Bug = Literal["ok", "no_zero_grad", "no_step", "ascent", "lr_too_high", "lr_too_low", "sum_loss"]


def diagnose(trace: Trace) -> Bug:
    """Play each kind of loop for the first five rows, and take the one that comes closest."""
    g = trace.grads[:4]
    moved = trace.params[1:5] - trace.params[:4]
    loops: dict[Bug, Tensor] = {
        "ok": -g,
        "no_step": torch.zeros_like(g),
        "ascent": g,
        "sum_loss": -trace.n * g,
        "no_zero_grad": -g.cumsum(dim=0),
    }
    scale = g.norm(dim=1, keepdim=True)
    far = {k: ((moved / trace.lr - v) / scale).abs().sum().item() for k, v in loops.items()}
    best = min(loops, key=lambda k: far[k])
    if best != "ok":
        return best
    first, last = trace.losses[0].item(), trace.losses[-1].item()
    if last < 0.4 * first:
        return "ok"
    if last <= first:
        return "lr_too_low"
    return "lr_too_high"
