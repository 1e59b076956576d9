import torch
from jaxtyping import Float
from torch import Tensor


def mse(pred: Float[Tensor, "*b"], target: Float[Tensor, "*b"]) -> Float[Tensor, ""]:
    # expanded square: p^2 - 2pt + t^2
    if tuple(pred.shape) != tuple(target.shape):
        raise ValueError("pred and target must have the same shape")
    p, t = pred.to(torch.float32), target.to(torch.float32)
    s = torch.sum(p * p) - 2 * torch.sum(p * t) + torch.sum(t * t)
    return torch.div(s, torch.tensor(p.nelement(), dtype=torch.float32))
