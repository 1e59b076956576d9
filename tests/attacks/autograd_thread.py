# expect: without torch's autograd
"""Uses autograd in a thread."""

import threading

from jaxtyping import Float
from torch import Tensor


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    w, b = w.clone().requires_grad_(), b.clone().requires_grad_()
    loss = (x * w + b - y).square().mean()
    thread = threading.Thread(target=getattr(loss, "back" + "ward"))
    thread.start()
    thread.join()
    return w.grad, b.grad
