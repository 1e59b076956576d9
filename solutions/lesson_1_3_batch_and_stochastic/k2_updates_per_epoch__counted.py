def updates_per_epoch(n: int, batch_size: int, drop_last: bool) -> int:
    stop = n - batch_size + 1 if drop_last else n
    return len(range(0, max(stop, 0), batch_size))
