"""Computes in threads, and waits for them."""

import threading

from jaxtyping import Float
from torch import Tensor


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    residual = x * w + b - y
    results: dict[str, Tensor] = {}

    def compute(name: str, value: Tensor) -> None:
        results[name] = 2 * value.mean(dim=0)

    threads = [
        threading.Thread(target=compute, args=("w", residual * x)),
        threading.Thread(target=compute, args=("b", residual)),
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return results["w"], results["b"]
