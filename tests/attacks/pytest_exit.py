# expect: Exit
"""Ends the test run with success."""

import torch
from jaxtyping import Float
from torch import Tensor


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    import pytest

    pytest.exit("done", returncode=0)
    return torch.zeros(1), torch.zeros(1)
