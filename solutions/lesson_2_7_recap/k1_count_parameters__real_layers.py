from collections.abc import Sequence
from itertools import pairwise

from torch import nn


def count_params(sizes: Sequence[int], bias: bool = True) -> int:
    net = nn.Sequential(*(nn.Linear(a, b, bias=bias, device="meta") for a, b in pairwise(sizes)))
    return sum(p.numel() for p in net.parameters())
