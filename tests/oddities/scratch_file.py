"""Uses files in the temporary folder."""
# ruff: noqa

import tempfile
from pathlib import Path

import torch
from jaxtyping import Float
from torch import Tensor


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    with tempfile.NamedTemporaryFile("w+") as file:
        file.write(str(len(x)))
        file.seek(0)
        n = int(file.read())
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "x.pt"
        torch.save(x, path)
        x = torch.load(path)
    residual = x * w + b - y
    return 2 * (residual * x).mean(dim=0), 2 * residual.mean(dim=0)
