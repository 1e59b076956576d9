from jaxtyping import Float
from torch import Tensor


def mse(pred: Float[Tensor, "*b"], target: Float[Tensor, "*b"]) -> Float[Tensor, ""]:
    if list(pred.size()) != list(target.size()):
        raise ValueError("shapes differ")
    p = pred.flatten()
    t = target.flatten()
    diff = t - p
    print("n =", p.numel())
    return diff.dot(diff) / p.numel()
