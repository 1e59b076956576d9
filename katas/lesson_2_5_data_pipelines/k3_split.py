"""Cut the data into a training part and a validation part."""

import torch
from jaxtyping import Int
from torch import Tensor


def split(
    n: int, val_fraction: float, gen: torch.Generator
) -> tuple[Int[Tensor, "a"], Int[Tensor, "b"]]:
    """Return the row numbers of the training part and those of the validation part.

    - Each number from 0 to n - 1 stands in one of the two parts, once. n is 2 or more.
    - The validation part has n * val_fraction rows, rounded to the nearest whole number; but
      neither part is ever empty. val_fraction lies between 0 and 1.
    - Which rows go where is random: every choice of so many rows for the validation part is as
      likely as any other. In which order a part holds its rows is free.
    - All random numbers come from ``gen``: the same state gives the same split, the next call
      another one.
    """
    # Your code here.
    raise NotImplementedError
