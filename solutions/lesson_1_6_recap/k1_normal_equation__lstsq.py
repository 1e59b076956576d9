import torch
from jaxtyping import Float
from torch import Tensor


def least_squares(
    x: Float[Tensor, "n d"], y: Float[Tensor, "n"]
) -> tuple[Float[Tensor, "d"], Float[Tensor, "1"]]:
    n, d = x.shape
    table = x.new_ones(n, d + 1)
    table[:, 1:] = x
    solution = torch.linalg.lstsq(table, y.reshape(n, 1)).solution.flatten()
    b, w = solution.split([1, d])
    return w, b
