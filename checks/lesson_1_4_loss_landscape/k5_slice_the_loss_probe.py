"""Runs beside the answer: a small network with its loss, and what has become of its parameters."""

from collections.abc import Callable
from types import ModuleType

import torch
from torch import Tensor, nn


class Bench:
    """A network whose parameters are the given numbers, with a loss over x and y.

    Every parameter has a gradient; that of index ``frozen`` doesn't require grad.
    """

    def __init__(self, numbers: list[Tensor], x: Tensor, y: Tensor, frozen: int) -> None:
        sizes = [w.shape for w in numbers[::2]]
        layers = [nn.Linear(d_in, d_out, dtype=x.dtype) for d_out, d_in in sizes]
        model = nn.Sequential(layers[0], *(m for q in layers[1:] for m in (nn.Tanh(), q)))
        self.model = model
        self.params = list(model.parameters())
        for i, (p, t) in enumerate(zip(self.params, numbers, strict=True)):
            p.data.copy_(t)
            p.grad = p.detach() + 1
            p.requires_grad_(i != frozen)
        self.before = [p.detach().clone() for p in self.params]
        self.memory = [p.data_ptr() for p in self.params]
        self.loss: Callable[[], Tensor] = lambda: (model(x) - y).square().mean()

    def numbers(self) -> list[Tensor]:
        return [p.detach().clone() for p in self.model.parameters()]

    def same_numbers(self) -> list[bool]:
        pairs = zip(self.model.parameters(), self.before, strict=True)
        return [torch.equal(p, before) for p, before in pairs]

    def same_grads(self) -> list[bool]:
        pairs = zip(self.model.parameters(), self.before, strict=True)
        return [p.grad is not None and torch.equal(p.grad, b + 1) for p, b in pairs]

    def switches(self) -> list[bool]:
        return [p.requires_grad for p in self.model.parameters()]

    def same_tensors(self) -> list[bool]:
        return [p is q for p, q in zip(self.model.parameters(), self.params, strict=True)]

    def same_memory(self) -> list[bool]:
        return [p.data_ptr() == m for p, m in zip(self.params, self.memory, strict=True)]


def bench(_: ModuleType, numbers: list[Tensor], x: Tensor, y: Tensor, frozen: int) -> Bench:
    """A network that stays here."""
    return Bench(numbers, x, y, frozen)
