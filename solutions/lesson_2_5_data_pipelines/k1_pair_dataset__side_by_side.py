import torch
from jaxtyping import Float
from torch import Tensor
from torch.utils.data import Dataset


class Pairs(Dataset[tuple[Tensor, Tensor]]):
    def __init__(self, x: Float[Tensor, "n d"], y: Float[Tensor, "n o"]) -> None:
        n, self.d = x.size()
        if y.size(0) != n:
            raise ValueError
        self.table = torch.cat([x, y], dim=1)

    def __len__(self) -> int:
        return self.table.size(0)

    def __getitem__(self, i: int) -> tuple[Float[Tensor, "d"], Float[Tensor, "o"]]:
        place = i if i >= 0 else i + len(self)
        if not 0 <= place < len(self):
            raise IndexError(f"{i} of {len(self)} pairs")
        row = self.table.narrow(0, place, 1).squeeze(0).clone()
        return row[: self.d], row[self.d :]
