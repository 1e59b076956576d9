"""Runs beside the answer: loops over its dataset, changes what it gives, and loads from it."""

from itertools import islice
from types import ModuleType
from typing import Any

import torch
from torch import Tensor
from torch.utils.data import DataLoader


def walk(subject: ModuleType, x: Tensor, y: Tensor, most: int) -> list[Any]:
    """What a loop over the dataset gives, cut off after so many."""
    return list(islice(iter(subject.Pairs(x, y)), most))


def spoil(
    subject: ModuleType, x: Tensor, y: Tensor, i: int
) -> tuple[list[Tensor], list[Tensor], list[Tensor]]:
    """A pair, the same pair asked for again after it was changed in place, and x and y then."""
    x, y = x.clone(), y.clone()
    pairs = subject.Pairs(x, y)
    pair = pairs[i]
    before = [part.clone() for part in pair]
    for part in pair:
        part.fill_(7.0)
    return before, [torch.as_tensor(part) for part in pairs[i]], [x, y]


def batches(subject: ModuleType, x: Tensor, y: Tensor, size: int) -> list[list[Tensor]]:
    """The mini-batches that torch's loader makes of the dataset, in order."""
    loader: Any = DataLoader(subject.Pairs(x, y), batch_size=size)
    return [list(batch) for batch in loader]
