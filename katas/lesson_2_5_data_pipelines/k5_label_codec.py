"""Labels as a loss wants them: codes from 0 on, and rows with a single 1."""

import torch
from jaxtyping import Float, Int, Int64
from torch import Tensor


def encode(labels: Int[Tensor, "n"]) -> tuple[Int64[Tensor, "n"], list[int]]:
    """Return the code of each label, and the labels in the order of their codes.

    - The different labels that occur, from the smallest to the largest, get the codes 0, 1, 2, ...
    - The list holds each of them once, in that order: ``classes[code]`` is the label again.
    - Labels may be any whole numbers.
    """
    # Your code here.
    raise NotImplementedError


def to_one_hot(codes: Int64[Tensor, "n"], k: int) -> Float[Tensor, "n k"]:
    """Return a row of k numbers for each code: 1 at its place, 0 elsewhere.

    - Codes lie between 0 and k - 1; not every one of them has to occur.
    """
    # Your code here.
    raise NotImplementedError


def from_one_hot(rows: Float[Tensor, "n k"]) -> Int64[Tensor, "n"]:
    """Return the code of each row: the place of its largest number.

    - Rows need not be exact: probabilities have a largest number too. No two numbers of a row are
      the same, but for the zeros beside a 1.
    """
    # Your code here.
    raise NotImplementedError
