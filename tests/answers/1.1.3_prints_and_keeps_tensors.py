# first: tensors-stored
"""Tensors are kept in the list."""

from collections.abc import Callable
import torch
from torch import Tensor


def run(loss_of: Callable[[], Tensor], update: Callable[[Tensor], None], epochs: int) -> list[float]:
    history = []
    for epoch in range(epochs):
        loss = loss_of()
        print(f"epoch {epoch}: loss {loss}")
        history += [loss]
        update(loss)
    return history
