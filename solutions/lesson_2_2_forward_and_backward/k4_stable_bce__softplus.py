import torch
import torch.nn.functional as F
from jaxtyping import Float
from torch import Tensor


def bce_with_logits(z: Float[Tensor, "n"], y: Float[Tensor, "n"]) -> Float[Tensor, ""]:
    # a label of 1 wants z large, a label of 0 wants -z large
    wrongness = torch.where(y == 1, -z, z)
    return F.softplus(wrongness).sum() / wrongness.numel()


def bce_grad(z: Float[Tensor, "n"], y: Float[Tensor, "n"]) -> Float[Tensor, "n"]:
    out = z.sigmoid()
    out -= y
    return out.div_(z.numel())
