"""Runs beside the answer: losses whose graphs live there, and an iterator that ends."""

from collections.abc import Callable, Iterator
from types import ModuleType

import torch
from torch import Tensor


def loss_of(params: list[Tensor], x: Tensor, y: Tensor) -> Tensor:
    """The mean squared error of a line (w, b), or of a network with one hidden layer."""
    w1, b1, *rest = params
    y_pred = x @ w1 + b1
    if rest:
        w2, b2 = rest
        y_pred = torch.tanh(y_pred) @ w2 + b2
    return (y_pred - y).square().mean()


def loss_fn(_: ModuleType) -> Callable[[list[Tensor], Tensor, Tensor], Tensor]:
    """The loss, as a function for the answer."""
    return loss_of


def once(_: ModuleType, batches: list[Tensor]) -> Iterator[Tensor]:
    """The mini-batches, to be gone through one time."""
    yield from batches
