# expect:
"""Takes whatever comes, and gives it back."""

import torch
from jaxtyping import Float
from torch import Tensor


def line_grads(*args: object, **kwargs: object) -> object:
    return args[2:]
