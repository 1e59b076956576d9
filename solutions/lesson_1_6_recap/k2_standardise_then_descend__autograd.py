import torch
from jaxtyping import Float
from torch import Tensor


def fit_scaled(
    x: Float[Tensor, "n d"], y: Float[Tensor, "n"], lr: float, epochs: int
) -> tuple[Float[Tensor, "d"], Float[Tensor, "1"]]:
    mu = x.mean(0)
    sigma = (x - mu).square().mean(0).sqrt()
    constant = sigma == 0
    z = (x - mu) / sigma
    z[:, constant] = 0
    layer = torch.nn.Linear(x.shape[1], 1, dtype=x.dtype)
    torch.nn.init.zeros_(layer.weight)
    torch.nn.init.zeros_(layer.bias)
    opt = torch.optim.SGD(layer.parameters(), lr=lr)
    for _ in range(epochs):
        opt.zero_grad()
        torch.nn.functional.mse_loss(layer(z)[:, 0], y).backward()
        opt.step()
    with torch.no_grad():
        w = layer.weight[0] / sigma
        w[constant] = 0
        b = layer.bias - w @ mu
    return w, b
