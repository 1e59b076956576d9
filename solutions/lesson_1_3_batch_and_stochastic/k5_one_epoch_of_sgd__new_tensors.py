from collections.abc import Callable, Iterable

import torch
from jaxtyping import Float, Int
from torch import Tensor


def sgd_epoch(
    params: list[Tensor],
    x: Float[Tensor, "n d"],
    y: Float[Tensor, "n 1"],
    batches: Iterable[Int[Tensor, "b"]],
    lr: float,
    loss_fn: Callable[[list[Tensor], Tensor, Tensor], Tensor],
) -> tuple[list[Tensor], float]:
    losses, sizes = [], []
    for rows in batches:
        leaves = [p.detach().clone().requires_grad_(True) for p in params]
        loss = loss_fn(leaves, torch.index_select(x, 0, rows), torch.index_select(y, 0, rows))
        grads = torch.autograd.grad(loss, leaves)
        params = [leaf.detach() - lr * grad for leaf, grad in zip(leaves, grads, strict=True)]
        losses.append(float(loss))
        sizes.append(rows.numel())
    return params, sum(v * k for v, k in zip(losses, sizes, strict=True)) / sum(sizes)
