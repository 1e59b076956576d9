import torch
from jaxtyping import Float
from torch import Tensor


def linear_forward(
    x: Float[Tensor, "n i"], w: Float[Tensor, "i o"], b: Float[Tensor, "o"]
) -> Float[Tensor, "n o"]:
    rows = []
    for r in range(x.shape[0]):
        row = b.clone()
        for j in range(x.shape[1]):
            row += x[r, j] * w[j]
        rows.append(row)
    return torch.stack(rows)


def linear_backward(
    x: Float[Tensor, "n i"], w: Float[Tensor, "i o"], gout: Float[Tensor, "n o"]
) -> tuple[Float[Tensor, "n i"], Float[Tensor, "i o"], Float[Tensor, "o"]]:
    dx = torch.zeros_like(x)
    dw = torch.zeros_like(w)
    db = torch.zeros(w.shape[1])
    for r in range(len(x)):
        for k in range(w.shape[1]):
            g = gout[r, k].item()
            db[k] += g
            for j in range(w.shape[0]):
                dw[j, k] += g * x[r, j].item()
                dx[r, j] += g * w[j, k].item()
    print("largest weight gradient", dw.abs().max())
    return dx, dw, db
