# expect: too slow|had not finished
"""Takes nearly all the time of a call, in every call."""

import time

from torch import Tensor


def line_grads(x: Tensor, y: Tensor, w: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    end = time.thread_time() + 0.9
    while time.thread_time() < end:
        pass
    e = x * w + b - y
    return 2 * (e * x).mean(0), 2 * e.mean(0)
