from collections.abc import Callable, Iterator

from torch import Tensor


def one_by_one(loss_of, update, left) -> Iterator[float]:
    if left == 0:
        return
    loss = loss_of()
    yield loss.tolist()
    update(loss)
    yield from one_by_one(loss_of, update, left - 1)


def run(
    loss_of: Callable[[], Tensor], update: Callable[[Tensor], None], epochs: int
) -> list[float]:
    return list(one_by_one(loss_of, update, epochs))
