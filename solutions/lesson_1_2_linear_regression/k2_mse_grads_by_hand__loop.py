import torch
from jaxtyping import Float
from torch import Tensor


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    dw = 0.0
    db = 0.0
    n = len(x)
    for i in range(n):
        err = float(x[i, 0]) * w.item() + b.item() - float(y[i, 0])
        dw += 2 * err * float(x[i, 0]) / n
        db += 2 * err / n
    print(f"dw={dw:.4f} db={db:.4f}")
    return torch.tensor([dw]), torch.tensor([db])
