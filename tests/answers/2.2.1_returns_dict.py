# first: wrong-kind
# says: should be 3 values, but it is a dict
"""A dict comes back where three values were asked for."""

from jaxtyping import Float
from torch import Tensor


def linear_forward(x: Float[Tensor, 'n i'], w: Float[Tensor, 'i o'], b: Float[Tensor, 'o']) -> Float[Tensor, 'n o']:
    return x.matmul(w).add(b)
def linear_backward(x: Float[Tensor, 'n i'], w: Float[Tensor, 'i o'], gout: Float[Tensor, 'n o']) -> tuple[Float[Tensor, 'n i'], Float[Tensor, 'i o'], Float[Tensor, 'o']]:
    return {"x": gout @ w.T, "w": x.T @ gout, "b": gout.sum(0)}
