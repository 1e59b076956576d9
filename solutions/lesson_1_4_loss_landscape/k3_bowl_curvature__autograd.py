import torch
from jaxtyping import Float
from torch import Tensor
from torch.autograd.functional import hessian


def quadratic_model(
    x: Float[Tensor, "n d"], y: Float[Tensor, "n"]
) -> tuple[Float[Tensor, "d+1 d+1"], Float[Tensor, "d+1"]]:
    def loss(theta):
        return (x @ theta[:-1] + theta[-1] - y).pow(2).mean()

    zero = torch.zeros(x.shape[1] + 1, dtype=x.dtype)
    curvature = hessian(loss, zero)
    start = zero.clone().requires_grad_()
    (slope,) = torch.autograd.grad(loss(start), start)
    return curvature, -torch.linalg.pinv(curvature) @ slope
