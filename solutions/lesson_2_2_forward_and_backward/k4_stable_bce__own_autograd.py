import torch
from jaxtyping import Float
from torch import Tensor
from torch.nn.functional import logsigmoid


def bce_with_logits(z: Float[Tensor, "n"], y: Float[Tensor, "n"]) -> Float[Tensor, ""]:
    side = 2 * y - 1
    return -logsigmoid(side * z).mean()


def bce_grad(z: Float[Tensor, "n"], y: Float[Tensor, "n"]) -> Float[Tensor, "n"]:
    leaf = z.detach().clone().requires_grad_(True)
    bce_with_logits(leaf, y).backward()
    assert leaf.grad is not None
    return leaf.grad
