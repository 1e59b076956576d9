import torch
from jaxtyping import Float
from torch import Tensor


def moons(
    n: int, noise: float, gen: torch.Generator
) -> tuple[Float[Tensor, "n 2"], Float[Tensor, "n 1"]]:
    n_out = n // 2
    n_in = n - n_out
    outer = torch.linspace(0, torch.pi, n_out)
    inner = torch.linspace(0, torch.pi, n_in)
    xs = torch.cat((outer.cos(), 1 - inner.cos()))
    ys = torch.cat((outer.sin(), 1 - inner.sin() - 0.5))
    X = torch.column_stack((xs, ys))
    labels = torch.zeros(n, 1)
    labels[n_out:] = 1.0
    order = torch.randperm(n, generator=gen)
    X, labels = X[order], labels[order]
    X += torch.normal(0.0, 1.0, size=(n, 2), generator=gen) * noise
    return X, labels
