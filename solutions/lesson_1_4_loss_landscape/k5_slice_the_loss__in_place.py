from collections.abc import Callable

import torch
from jaxtyping import Float
from torch import Tensor, nn


@torch.no_grad()
def put_back(params: list[Tensor], numbers: list[Tensor]) -> None:
    for p, n in zip(params, numbers, strict=True):
        p.data[...] = n


def loss_along(
    model: nn.Module,
    loss: Callable[[], Tensor],
    direction: list[Tensor],
    alphas: Float[Tensor, "k"],
) -> Float[Tensor, "k"]:
    params: list[Tensor] = list(model.parameters())
    numbers = [p.detach().clone() for p in params]
    result = torch.zeros_like(alphas)
    for k in range(alphas.numel()):
        for i, p in enumerate(params):
            p.data += alphas[k] * direction[i]
        result[k] = float(loss())
        put_back(params, numbers)
    return result
