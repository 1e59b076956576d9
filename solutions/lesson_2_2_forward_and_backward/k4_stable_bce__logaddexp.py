import torch
from jaxtyping import Float
from torch import Tensor


def bce_with_logits(z: Float[Tensor, "n"], y: Float[Tensor, "n"]) -> Float[Tensor, ""]:
    zero = torch.zeros_like(z)
    log_p, log_q = -torch.logaddexp(zero, -z), -torch.logaddexp(zero, z)
    return torch.mean(-(y * log_p + (1 - y) * log_q))


def bce_grad(z: Float[Tensor, "n"], y: Float[Tensor, "n"]) -> Float[Tensor, "n"]:
    p = 0.5 * (1 + torch.tanh(z / 2))
    return torch.mul(p - y, 1.0 / z.size(0))
