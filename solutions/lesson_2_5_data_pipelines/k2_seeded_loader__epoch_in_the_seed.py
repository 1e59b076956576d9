from collections.abc import Iterator

import torch
from torch import Tensor
from torch.utils.data import DataLoader, Dataset


class Batches:
    """Lists of row numbers; counts its epochs, and shuffles by seed and epoch."""

    def __init__(self, n: int, size: int, seed: int, shuffle: bool) -> None:
        self.n, self.size, self.seed, self.shuffle = n, size, seed, shuffle
        self.epoch = 0

    def __len__(self) -> int:
        return -(-self.n // self.size)

    def __iter__(self) -> Iterator[list[int]]:
        rows = torch.arange(self.n)
        if self.shuffle:
            gen = torch.Generator().manual_seed(1_000_003 * self.seed + self.epoch)
            rows = torch.randperm(self.n, generator=gen)
        self.epoch += 1
        for part in rows.split(self.size):
            yield part.tolist()


def loader(
    ds: Dataset[tuple[Tensor, Tensor]], batch_size: int, seed: int, shuffle: bool
) -> DataLoader[tuple[Tensor, Tensor]]:
    count = len(ds)  # type: ignore[arg-type]
    return DataLoader(ds, batch_sampler=Batches(count, batch_size, seed, shuffle))
