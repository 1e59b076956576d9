# expect: without torch's autograd
"""Uses a relative of autograd by a name that is put together."""
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
    tools = importlib.import_module("torch.auto" + "grad.functional")
    loss = lambda w, b: (x * w + b - y).square().mean()
    return getattr(tools, "jaco" + "bian")(loss, (w, b))
