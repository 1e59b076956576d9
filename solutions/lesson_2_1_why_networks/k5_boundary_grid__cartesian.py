from contextlib import contextmanager

import torch
from jaxtyping import Float
from torch import Tensor, nn


@contextmanager
def evaluating(model: nn.Module):
    states = [(m, m.training) for m in model.modules()]
    model.eval()
    try:
        with torch.inference_mode():
            yield
    finally:
        for m, flag in states:
            m.training = flag


def probability_grid(
    model: nn.Module, xlim: tuple[float, float], ylim: tuple[float, float], n: int
) -> Float[Tensor, "n n"]:
    def steps(lo: float, hi: float) -> Tensor:
        return lo + (hi - lo) * torch.arange(n) / (n - 1)

    pairs = torch.cartesian_prod(steps(*ylim), steps(*xlim))  # y changes slowest
    with evaluating(model):
        flat = model(pairs.flip(1)).squeeze(1)
    return flat.clone().unflatten(0, (n, n))
