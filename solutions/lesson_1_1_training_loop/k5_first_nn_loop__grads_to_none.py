from collections.abc import Callable

import torch
from jaxtyping import Float
from torch import Tensor, nn


def fit(
    model: nn.Module,
    loss_fn: Callable[[Tensor, Tensor], Tensor],
    opt: torch.optim.Optimizer,
    x: Float[Tensor, "n i"],
    y: Float[Tensor, "n o"],
    epochs: int,
) -> list[float]:
    losses: list[float] = []
    while len(losses) < epochs:
        predictions = model(x)
        for parameter in model.parameters():
            parameter.grad = None
        loss: Tensor = loss_fn(predictions, y)
        torch.autograd.backward(loss)
        with torch.no_grad():
            losses += [loss.cpu().numpy().item()]
        opt.step()
    # how good is it now?
    with torch.no_grad():
        print("final", loss_fn(model(x), y))
    return losses
