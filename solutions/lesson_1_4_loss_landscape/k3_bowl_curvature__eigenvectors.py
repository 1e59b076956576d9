import torch
from jaxtyping import Float
from torch import Tensor


def quadratic_model(
    x: Float[Tensor, "n d"], y: Float[Tensor, "n"]
) -> tuple[Float[Tensor, "d+1 d+1"], Float[Tensor, "d+1"]]:
    n, d = x.shape
    hessian = x.new_zeros(d + 1, d + 1)
    hessian[:d, :d] = torch.einsum("nj,nk->jk", x, x) / n
    hessian[:d, d] = hessian[d, :d] = x.mean(dim=0)
    hessian[d, d] = 1.0
    hessian *= 2
    right = torch.cat([2 * (y[:, None] * x).mean(dim=0), 2 * y.mean()[None]])
    curvatures, axes = torch.linalg.eigh(hessian)
    steep = curvatures > 1e-6 * curvatures.max()
    along = axes.T @ right
    along = torch.where(steep, along / torch.where(steep, curvatures, 1.0), 0.0)
    return hessian, axes @ along
