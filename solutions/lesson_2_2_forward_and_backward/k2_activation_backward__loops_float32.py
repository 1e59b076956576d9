import torch
from jaxtyping import Float
from torch import Tensor


def _each(f, values: Tensor, g: Tensor) -> Tensor:
    pairs = zip(values.flatten().tolist(), g.flatten().tolist())
    flat = [f(v, d) for v, d in pairs]
    return torch.tensor(flat, dtype=torch.float32).reshape(g.shape)


def relu_back(z: Float[Tensor, "*s"], g: Float[Tensor, "*s"]) -> Float[Tensor, "*s"]:
    return _each(lambda v, d: d if v > 0 else 0.5 * d if v == 0 else 0.0, z, g)


def sigmoid_back(a: Float[Tensor, "*s"], g: Float[Tensor, "*s"]) -> Float[Tensor, "*s"]:
    return _each(lambda v, d: d * v * (1 - v), a, g)


def tanh_back(a: Float[Tensor, "*s"], g: Float[Tensor, "*s"]) -> Float[Tensor, "*s"]:
    return _each(lambda v, d: d * (1 - v) * (1 + v), a, g)
