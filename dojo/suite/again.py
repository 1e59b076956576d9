"""The word for asking once more: the same tensors, with other numbers in them."""

from collections.abc import Iterator

import torch


def twice(*tensors: torch.Tensor) -> Iterator[str]:
    """Two rounds: with the tensors as they are, then with other numbers in the same objects.

    Args:
        tensors: what is handed to the answer in each round; changed in place after the first.

    Yields:
        Which round it is, for the name of what is compared.
    """
    yield "at first"
    with torch.no_grad():  # the answer may have switched on requires_grad
        for tensor in tensors:
            tensor.mul_(-1.4)
    yield "when the same tensors hold other numbers"
