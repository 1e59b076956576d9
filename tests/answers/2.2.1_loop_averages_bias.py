# first: wrong-factor
# says: The derivative by b is exactly
"""The derivative by b is averaged over the rows."""

from jaxtyping import Float
from torch import Tensor


def linear_forward(x: Float[Tensor, 'n i'], w: Float[Tensor, 'i o'], b: Float[Tensor, 'o']) -> Float[Tensor, 'n o']:
    out = x @ w
    for row in range(len(out)):
        out[row] = out[row] + b
    return out
def linear_backward(x: Float[Tensor, 'n i'], w: Float[Tensor, 'i o'], gout: Float[Tensor, 'n o']) -> tuple[Float[Tensor, 'n i'], Float[Tensor, 'i o'], Float[Tensor, 'o']]:
    n = gout.shape[0]
    gb = gout[0].clone()
    for k in range(1, n):
        gb = gb + gout[k]
    gb = gb / n
    return gout @ w.T, x.T @ gout, gb
