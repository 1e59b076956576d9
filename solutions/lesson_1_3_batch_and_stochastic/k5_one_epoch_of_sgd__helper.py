from collections.abc import Callable, Iterable

import torch
from jaxtyping import Float, Int
from torch import Tensor


def one_step(params: list[Tensor], loss: Tensor, lr: float) -> list[Tensor]:
    loss.backward()
    moved = []
    for p in params:
        assert p.grad is not None
        moved.append((p.data - lr * p.grad).requires_grad_())
    return moved


def sgd_epoch(
    params: list[Tensor],
    x: Float[Tensor, "n d"],
    y: Float[Tensor, "n 1"],
    batches: Iterable[Int[Tensor, "b"]],
    lr: float,
    loss_fn: Callable[[list[Tensor], Tensor, Tensor], Tensor],
) -> tuple[list[Tensor], float]:
    current = [p.clone().requires_grad_() for p in params]
    mean, seen = 0.0, 0
    for batch in list(batches):
        loss = loss_fn(current, x[batch], y[batch])
        seen += len(batch)
        mean += (loss.item() - mean) * len(batch) / seen
        current = one_step(current, loss, lr)
    for p in current:
        p.requires_grad_(False)
    return current, mean
