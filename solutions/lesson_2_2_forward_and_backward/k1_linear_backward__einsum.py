import torch
from jaxtyping import Float
from torch import Tensor


def linear_forward(
    x: Float[Tensor, "n i"], w: Float[Tensor, "i o"], b: Float[Tensor, "o"]
) -> Float[Tensor, "n o"]:
    return torch.einsum("ni,io->no", x, w).add(b.unsqueeze(0))


def linear_backward(
    x: Float[Tensor, "n i"], w: Float[Tensor, "i o"], gout: Float[Tensor, "n o"]
) -> tuple[Float[Tensor, "n i"], Float[Tensor, "i o"], Float[Tensor, "o"]]:
    with torch.no_grad():
        grad_in = torch.einsum("no,io->ni", gout, w)
        grad_weight = torch.einsum("ni,no->io", x, gout)
        grad_bias = torch.einsum("no->o", gout)
    return (grad_in, grad_weight, grad_bias)
