import copy
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
    kept = copy.deepcopy(model.state_dict())
    names = [name for name, _ in model.named_parameters()]
    values = []
    for alpha in alphas.tolist():
        moved = dict(kept)
        for name, d in zip(names, direction, strict=True):
            moved[name] = kept[name] + alpha * d
        model.load_state_dict(moved)
        values.append(loss().item())
    model.load_state_dict(kept)
    return torch.tensor(values)
