"""A loader that shuffles anew in each epoch, and in the same way whenever it is made again."""

import torch
from torch import Tensor
from torch.utils.data import DataLoader, Dataset


def loader(
    ds: Dataset[tuple[Tensor, Tensor]], batch_size: int, seed: int, shuffle: bool
) -> DataLoader[tuple[Tensor, Tensor]]:
    """Return a loader of mini-batches of ds.

    - Each loop over the loader is an epoch: it gives each pair of ds once, in mini-batches of
      batch_size; what is left over makes a smaller one at the end.
    - Without shuffle the pairs come in the order of ds.
    - With shuffle their order is random, and another one in each epoch. It follows from seed
      alone: loaders with the same seed go through the same orders, epoch by epoch, whatever
      else draws random numbers in between; loaders with other seeds go through other orders.
    - No further processes: leave num_workers alone.
    """
    # --- yours
    gen = torch.Generator().manual_seed(seed)
    return DataLoader(ds, batch_size=batch_size, shuffle=shuffle, generator=gen)
    # --- end
