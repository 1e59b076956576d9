"""Number by number with the math module, in float32 by name."""

import math
from collections.abc import Callable

import torch
from jaxtyping import Float
from torch import Tensor


def _each(f: Callable[[float], float], x: Tensor) -> Tensor:
    return torch.tensor([f(v) for v in x.flatten().tolist()], dtype=torch.float32).reshape(x.shape)


def _sigmoid(v: float) -> float:
    if v < 0:
        return 1 - _sigmoid(-v)
    return 1 / (1 + math.exp(-v))


def relu(x: Float[Tensor, "*s"]) -> Float[Tensor, "*s"]:
    return _each(lambda v: max(v, 0.0), x)


def sigmoid(x: Float[Tensor, "*s"]) -> Float[Tensor, "*s"]:
    return _each(_sigmoid, x)


def tanh(x: Float[Tensor, "*s"]) -> Float[Tensor, "*s"]:
    return _each(math.tanh, x)


def softmax(x: Float[Tensor, "*s"], dim: int) -> Float[Tensor, "*s"]:
    rows = x.transpose(dim, -1)
    flat = rows.reshape(-1, rows.shape[-1])
    out = []
    for row in flat.tolist():
        largest = max(row)
        powers = [math.exp(v - largest) for v in row]
        out.append([p / math.fsum(powers) for p in powers])
    table = torch.tensor(out, dtype=torch.float32)
    return table.reshape(rows.shape).transpose(dim, -1)
