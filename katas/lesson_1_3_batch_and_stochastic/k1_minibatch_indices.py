"""Cut an epoch into mini-batches: which examples does each step see?"""

from collections.abc import Iterator

import torch
from jaxtyping import Int
from torch import Tensor


def minibatches(
    n: int,
    batch_size: int,
    gen: torch.Generator,
    drop_last: bool = False,
) -> Iterator[Int[Tensor, "b"]]:
    """Yield the row numbers of one mini-batch after the other, for one epoch over n examples.

    - Each row number from 0 to n - 1 comes exactly once in an epoch, in random order: any order
      may come. Both n and batch_size are at least 1.
    - Every mini-batch is a one-dimensional tensor of `batch_size` integers. Where n doesn't
      divide evenly, the last one is smaller and holds the rest; with `drop_last` that rest is
      left out, whichever rows it holds. A batch_size above n leaves nothing but the rest.
    - All randomness comes from `gen`: torch's global random state stays as it is, the same state
      of `gen` gives the same mini-batches, and another call with `gen` gives others.
    - What comes back is an iterator, not a list: a function with `yield` returns one.
    """
    # Your code here.
    raise NotImplementedError
