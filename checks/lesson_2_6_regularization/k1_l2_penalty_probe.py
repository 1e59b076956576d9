"""Runs beside the answer: parameters that record, and two descents side by side."""

from collections.abc import Iterator
from types import ModuleType
from typing import Any

import torch
from torch import Tensor


def once(_: ModuleType, params: list[Tensor]) -> Iterator[Tensor]:
    """The parameters, to be gone through one time."""
    yield from params


def pull(
    subject: ModuleType, params: list[Tensor], lam: float
) -> tuple[Any, list[Tensor | None], bool]:
    """The penalty, its derivatives, and whether the call changed what stood in .grad before."""
    leaves = [p.clone().requires_grad_() for p in params]
    for leaf in leaves:
        leaf.grad = torch.full_like(leaf, 3.0)
    penalty = subject.l2_penalty(leaves, lam)
    written = any(leaf.grad is None or not bool((leaf.grad == 3).all()) for leaf in leaves)
    for leaf in leaves:
        leaf.grad = None
    if not isinstance(penalty, Tensor) or not penalty.requires_grad or written:
        return penalty, [leaf.detach() * 0 for leaf in leaves], written
    penalty.backward()
    return penalty, [leaf.grad for leaf in leaves], written


def trained(
    subject: ModuleType,
    params: list[Tensor],
    x: Tensor,
    y: Tensor,
    lr: float,
    lam: float,
    steps: int,
) -> tuple[list[Tensor], list[Tensor]]:
    """Parameters after steps on loss + penalty, and after steps with weight_decay."""
    ends = []
    for decay in (False, True):
        leaves = [p.clone().requires_grad_() for p in params]
        opt = torch.optim.SGD(leaves, lr=lr, weight_decay=lam if decay else 0.0)
        for _ in range(steps):
            opt.zero_grad()
            loss = (x @ leaves[0] + leaves[1] - y).square().mean()
            if not decay:
                loss = loss + subject.l2_penalty(leaves, lam)
            loss.backward()
            opt.step()
        ends.append([leaf.detach() for leaf in leaves])
    return ends[0], ends[1]
