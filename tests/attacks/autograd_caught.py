# expect: without torch's autograd
"""Uses autograd, and is right even when that is refused."""
# ruff: noqa

from jaxtyping import Float
from torch import Tensor


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    copy = w.clone().requires_grad_()
    try:
        getattr((x * copy + b - y).square().mean(), "back" + "ward")()
    except RuntimeError:
        pass
    residual = x * w + b - y
    return 2 * (residual * x).mean(dim=0), 2 * residual.mean(dim=0)
