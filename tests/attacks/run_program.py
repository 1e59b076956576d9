# expect: may not do here
"""Runs another program."""

import subprocess
import sys

import torch
from jaxtyping import Float
from torch import Tensor


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    subprocess.run([sys.executable, "-c", "print(1)"], check=True)
    return torch.zeros(1), torch.zeros(1)
