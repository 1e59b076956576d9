from collections.abc import Callable

import torch
from jaxtyping import Float
from torch import Tensor, nn


def loss_along(
    model: nn.Module,
    loss: Callable[[], Tensor],
    direction: list[Tensor],
    alphas: Float[Tensor, "k"],
) -> Float[Tensor, "k"]:
    places = [p.data for p in model.parameters()]
    answers = []
    for alpha in alphas:
        for p, place, step in zip(model.parameters(), places, direction, strict=True):
            p.data = place + alpha * step
        answers.append(loss().detach().reshape(1))
    for p, place in zip(model.parameters(), places, strict=True):
        p.data = place
    return torch.cat(answers)
