from collections.abc import Callable

from torch import Tensor


def run(
    loss_of: Callable[[], Tensor], update: Callable[[Tensor], None], epochs: int
) -> list[float]:
    history = [0.0] * epochs
    epoch = 0
    while epoch < epochs:
        current = loss_of()
        update(current)
        history[epoch] = float(current)  # the tensor still holds the value from before the update
        print(f"epoch {epoch}: loss {history[epoch]:.4f}")
        epoch += 1
    return history
