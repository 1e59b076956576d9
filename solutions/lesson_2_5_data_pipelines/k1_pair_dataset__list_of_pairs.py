from jaxtyping import Float
from torch import Tensor
from torch.utils.data import Dataset


class Pairs(Dataset[tuple[Tensor, Tensor]]):
    def __init__(self, x: Float[Tensor, "n d"], y: Float[Tensor, "n o"]) -> None:
        self.rows = list(zip(x.unbind(0), y.unbind(0), strict=True))

    def __len__(self) -> int:
        return len(self.rows)

    def __getitem__(self, i: int) -> tuple[Float[Tensor, "d"], Float[Tensor, "o"]]:
        a, b = self.rows[i]
        return a.detach().clone(), b.detach().clone()
