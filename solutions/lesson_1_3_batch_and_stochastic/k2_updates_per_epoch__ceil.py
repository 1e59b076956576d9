import math


def updates_per_epoch(n: int, batch_size: int, drop_last: bool) -> int:
    batches = n / batch_size
    return math.floor(batches) if drop_last else math.ceil(batches)
