from collections.abc import Callable, Iterator

from torch import Tensor


def one_by_one(loss_of, update, epochs) -> Iterator[float]:
    for _ in range(epochs):
        loss = loss_of()
        yield loss.tolist()
        update(loss)


def run(
    loss_of: Callable[[], Tensor], update: Callable[[Tensor], None], epochs: int
) -> list[float]:
    return list(one_by_one(loss_of, update, epochs))
