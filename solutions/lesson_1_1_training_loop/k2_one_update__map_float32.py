import torch
from torch import Tensor


def _move(pair):
    p, g = pair
    return torch.add(p.float(), g.float(), alpha=-RATE[0])


RATE = [0.0]


@torch.no_grad()
def updated(params: list[Tensor], grads: list[Tensor], lr: float) -> list[Tensor]:
    RATE[0] = lr
    return list(map(_move, zip(params, grads)))
