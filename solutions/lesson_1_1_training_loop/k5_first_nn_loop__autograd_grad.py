from collections.abc import Callable

import torch
from jaxtyping import Float
from torch import Tensor, nn


def one_epoch(model, loss_fn, opt, x, y):
    weights = [p for p in model.parameters() if p.requires_grad]
    loss = loss_fn(model.__call__(x), y)
    for p, g in zip(weights, torch.autograd.grad(loss, weights)):
        p.grad = g
    opt.step()
    return loss.detach()


def fit(
    model: nn.Module,
    loss_fn: Callable[[Tensor, Tensor], Tensor],
    opt: torch.optim.Optimizer,
    x: Float[Tensor, "n i"],
    y: Float[Tensor, "n o"],
    epochs: int,
) -> list[float]:
    all_losses = [one_epoch(model, loss_fn, opt, x, y) for _ in range(epochs)]
    return torch.stack(all_losses).tolist()
