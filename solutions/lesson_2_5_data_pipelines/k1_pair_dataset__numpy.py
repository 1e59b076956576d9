import torch
from jaxtyping import Float
from torch import Tensor
from torch.utils.data import Dataset


class Pairs(Dataset[tuple[Tensor, Tensor]]):
    def __init__(self, x: Float[Tensor, "n d"], y: Float[Tensor, "n o"]) -> None:
        super().__init__()
        if x.shape[0] != y.shape[0]:
            raise ValueError("x and y need as many rows")
        self.inputs = x.numpy().copy()
        self.targets = y.numpy().copy()
        self.count = x.shape[0]

    def __len__(self) -> int:
        return self.count

    def __getitem__(self, i: int) -> tuple[Float[Tensor, "d"], Float[Tensor, "o"]]:
        if i < -self.count or i >= self.count:
            raise IndexError(i)
        return torch.tensor(self.inputs[i]), torch.tensor(self.targets[i])
