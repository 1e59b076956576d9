import torch
from jaxtyping import Float
from torch import Tensor


def line(t: float, slope: float, intercept: float) -> float:
    return intercept + slope * t


def make_line(
    n: int, slope: float, intercept: float, noise: float, gen: torch.Generator
) -> tuple[Float[Tensor, "n 1"], Float[Tensor, "n 1"]]:
    rows_x: list[list[float]] = []
    rows_y: list[list[float]] = []
    for i in range(n):
        t = -1 + 2 * i / (n - 1)
        wobble = torch.randn((), generator=gen).item()
        rows_x.append([t])
        rows_y.append([line(t, slope, intercept) + noise * wobble])
    return torch.tensor(rows_x), torch.tensor(rows_y)
