import torch
from jaxtyping import Float
from torch import Tensor


def make_line(
    n: int, slope: float, intercept: float, noise: float, gen: torch.Generator
) -> tuple[Float[Tensor, "n 1"], Float[Tensor, "n 1"]]:
    xs = torch.linspace(-1.0, 1.0, steps=n)[:, None]
    targets = torch.normal(slope * xs + intercept, noise, generator=gen)
    print("made", n, "points", targets.shape)
    return xs, targets
