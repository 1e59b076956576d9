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
    own = [torch.nn.Parameter(p.clone()) for p in params]
    optimizer = torch.optim.SGD(own, lr=lr)
    sums = torch.zeros(2, dtype=torch.float64)
    for batch in batches:
        optimizer.zero_grad()
        loss = loss_fn(list(own), x[batch, :], y[batch, :])
        loss.backward()
        optimizer.step()
        sums += torch.tensor([loss.item() * batch.shape[0], batch.shape[0]], dtype=torch.float64)
    return [p.detach().clone() for p in own], (sums[0] / sums[1]).item()
