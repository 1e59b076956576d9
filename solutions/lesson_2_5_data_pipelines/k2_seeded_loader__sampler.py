import torch
from torch import Tensor
from torch.utils.data import DataLoader, Dataset, RandomSampler, SequentialSampler


def loader(
    ds: Dataset[tuple[Tensor, Tensor]], batch_size: int, seed: int, shuffle: bool
) -> DataLoader[tuple[Tensor, Tensor]]:
    g = torch.Generator()
    g.manual_seed(seed)
    sampler = RandomSampler(ds, generator=g) if shuffle else SequentialSampler(ds)
    return DataLoader(ds, batch_size, sampler=sampler)
