"""How far two tensors are apart, as a share of their size.

Here is something to mend. The code below is in use, and mostly it serves. But it calls two
gradients that are both zero NaN ("not a number") apart, and it changes its mind when they swap
places.
"""

from torch import Tensor


def rel_error(a: Tensor, b: Tensor, floor: float = 1e-12) -> float:
    """Return the size of a - b, divided by the sizes of a and b together.

    The size of a tensor is its norm: the root of the sum of its squares.

    - One plain float: 0 when a and b are equal, about half a percent when every entry of b is one
      percent larger than a's, 1 when b is -a, 1 when one of the two is zero and the other is not.
      (Who divides by the larger of the two sizes gets up to twice as much; that is right too.)
    - Every entry counts, and differences with opposite signs don't cancel.
    - The order doesn't matter: rel_error(a, b) and rel_error(b, a) are the same.
    - The unit doesn't matter: a and b both 1000 times as large give the same.
    - Nothing is divided by less than ``floor``. So two tensors of zeros give 0, and two tensors
      that are far smaller than the floor give next to nothing.
    - Tensors of different shapes can't be compared: that raises an error (usually ValueError),
      also where torch would stretch one to the shape of the other.
    - a and b stay as they were.
    """
    # --- yours
    if a.shape != b.shape:
        raise ValueError(f"can't compare the shapes {tuple(a.shape)} and {tuple(b.shape)}")
    difference = (a - b).norm()
    size = a.norm() + b.norm()
    return (difference / size.clamp(min=floor)).item()
    # --- end
