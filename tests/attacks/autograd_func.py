# expect: without torch's autograd
"""Uses torch.func by a name that is put together when it runs."""
# ruff: noqa

import importlib

from jaxtyping import Float
from torch import Tensor


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    tools = importlib.import_module("torch." + "func")
    loss = lambda w, b: (x * w + b - y).square().mean()
    return getattr(tools, "gr" + "ad")(loss, argnums=(0, 1))(w, b)
