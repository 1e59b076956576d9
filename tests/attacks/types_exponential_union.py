# expect: The type checker was stopped
"""Makes the type checker work exponentially (overloads of unions)."""

import torch
from torch import Tensor
from typing import Callable, TypeVar, Generic
T = TypeVar('T')
class P(Generic[T]):
    def d(self) -> 'P[tuple[T, T]]': ...
def f(p: P[int]):
    q = p.d().d().d().d().d().d().d().d().d().d().d().d().d().d().d().d().d().d().d().d().d().d().d().d().d().d().d().d().d().d().d().d().d().d().d().d().d().d().d().d().d().d().d().d().d().d().d().d().d().d().d().d().d().d().d().d().d().d().d().d()
    reveal_type(q)
    z: str = q
def line_grads(x: Tensor, y: Tensor, w: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    e = x * w + b - y
    return 2 * (e * x).mean(0), 2 * e.mean(0)
