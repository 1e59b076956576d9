import torch
from jaxtyping import Float
from torch import Tensor


def fit_scaled(
    x: Float[Tensor, "n d"], y: Float[Tensor, "n"], lr: float, epochs: int
) -> tuple[Float[Tensor, "d"], Float[Tensor, "1"]]:
    """All parameters in one list, b in front; the way back from two predictions."""
    n, d = x.shape
    shift, scale = x.mean(dim=0), x.var(dim=0, unbiased=False).sqrt()
    scale[scale == 0] = torch.inf

    def scaled(rows):
        return torch.cat([rows.new_ones(len(rows), 1), (rows - shift) / scale], dim=1)

    table = scaled(x)
    theta = x.new_zeros(d + 1)
    for _ in range(epochs):
        theta -= 2 * lr / n * (table.T @ (table @ theta - y))
    # The model is linear: b is what it predicts at 0, a weight what one more of a feature adds.
    b = scaled(x.new_zeros(1, d)) @ theta
    return theta[1:] / scale, b
