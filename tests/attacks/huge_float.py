# expect: should be a float
# kata: 1.5.2
"""A whole number of 401 digits where a float is promised."""

from torch import Tensor
def rel_error(a: Tensor, b: Tensor, floor: float = 1e-12) -> float:
    return 10**400
