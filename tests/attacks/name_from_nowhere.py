# expect: doesn't define
"""Lets the module answer for names that it doesn't hold."""

import torch
from jaxtyping import Float
from torch import Tensor


def __getattr__(name: str) -> object:
    return lambda *args: (torch.zeros(1), torch.zeros(1))
