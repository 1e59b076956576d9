from collections.abc import Iterator
from typing import Any

import numpy as np
from torch import Tensor
from torch.utils.data import DataLoader, Dataset, Sampler


class Orders(Sampler[int]):
    def __init__(self, n: int, seed: int) -> None:
        self.n = n
        self.rng = np.random.default_rng(seed)

    def __len__(self) -> int:
        return self.n

    def __iter__(self) -> Iterator[int]:
        yield from self.rng.permutation(self.n).tolist()


def loader(
    ds: Dataset[tuple[Tensor, Tensor]], batch_size: int, seed: int, shuffle: bool
) -> DataLoader[tuple[Tensor, Tensor]]:
    options: dict[str, Any] = {"batch_size": batch_size, "num_workers": 0}
    if shuffle:
        options["sampler"] = Orders(len(ds), seed)  # type: ignore[arg-type]
    else:
        options["shuffle"] = False
    return DataLoader(ds, **options)
