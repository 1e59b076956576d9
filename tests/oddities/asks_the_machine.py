"""Asks how many processors there are, and what time it is."""

import datetime
import os
import platform
import time
import zoneinfo

import torch
from jaxtyping import Float
from torch import Tensor


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    torch.set_num_threads(min(2, os.cpu_count() or 1))
    print(
        platform.python_version(),
        platform.system(),
        time.strftime("%H:%M"),
        torch.get_num_threads(),
    )
    print(datetime.datetime.now(zoneinfo.ZoneInfo("Europe/Paris")))
    residual = x * w + b - y
    return 2 * (residual * x).mean(dim=0), 2 * residual.mean(dim=0)
