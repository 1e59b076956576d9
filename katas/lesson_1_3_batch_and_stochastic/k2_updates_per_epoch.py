"""How many updates does one epoch hold?"""


def updates_per_epoch(n: int, batch_size: int, drop_last: bool) -> int:
    """Return the number of mini-batches, and so of updates, in one epoch over n examples.

    - n and batch_size are at least 1; batch_size may be larger than n.
    - Mini-batches hold `batch_size` examples each. What is left over makes one more, smaller
      mini-batch; with `drop_last` it is left out.
    - The result is an int. This kata is about types as well: the whole file has to pass the
      type checker.
    """
    # Your code here.
    raise NotImplementedError
