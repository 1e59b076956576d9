import torch
from jaxtyping import Float
from torch import Tensor


def descent_path(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    start: Float[Tensor, "2"],
    lr: float,
    steps: int,
) -> Float[Tensor, "steps+1 2"]:
    place = start.clone().requires_grad_()
    path = torch.empty(steps + 1, 2)
    path[0] = start
    for k in range(steps):
        loss = torch.nn.functional.mse_loss(x * place[0] + place[1], y)
        loss.backward()
        with torch.no_grad():
            assert place.grad is not None
            place -= lr * place.grad
            place.grad.zero_()
        path[k + 1] = place.detach()
    return path
