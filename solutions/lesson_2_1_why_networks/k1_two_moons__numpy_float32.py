import numpy as np
import torch
from jaxtyping import Float
from torch import Tensor


def half_circle(count: int, rng: np.random.Generator) -> np.ndarray:
    t = rng.uniform(0.0, np.pi, size=count)
    return np.c_[np.cos(t), np.sin(t)]


def moons(
    n: int, noise: float, gen: torch.Generator
) -> tuple[Float[Tensor, "n 2"], Float[Tensor, "n 1"]]:
    seed = int(torch.randint(0, 2**31 - 1, (1,), generator=gen))
    rng = np.random.default_rng(seed)
    top = half_circle(n // 2, rng)
    bottom = np.array([1.0, 0.5]) - half_circle(n - n // 2, rng)
    pts = np.concatenate([top, bottom]) + rng.normal(0.0, noise, size=(n, 2))
    lab = np.repeat([0.0, 1.0], [len(top), len(bottom)])
    print(pts.shape, lab.mean())
    return torch.from_numpy(pts.astype(np.float32)), torch.from_numpy(lab).float()[:, None]
