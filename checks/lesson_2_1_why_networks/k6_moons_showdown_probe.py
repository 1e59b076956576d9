"""Runs beside the answer: models that give probabilities, and the gradients that reached them."""

from collections.abc import Callable
from types import ModuleType

import torch
from torch import Tensor, nn

_FIRST: dict[int, Tensor] = {}  # by parameter: the gradient of the first backward


def linear(_subject: ModuleType, w: Tensor, b: Tensor) -> nn.Module:
    """One linear layer and a sigmoid, from these numbers."""
    return _filled(nn.Sequential(nn.Linear(len(w), 1), nn.Sigmoid()), [w.T, b])


def network(_subject: ModuleType, act: str, *numbers: Tensor) -> nn.Module:
    """A hidden layer with "tanh" or "relu", an output and a sigmoid; w1, b1, w2, b2 as given."""
    (d, h), bend = numbers[0].shape, nn.Tanh() if act == "tanh" else nn.ReLU()
    net = nn.Sequential(nn.Linear(d, h), bend, nn.Linear(h, 1), nn.Sigmoid())
    return _filled(net, [n.T if n.ndim == 2 else n for n in numbers])


def numbers(_subject: ModuleType, net: nn.Module) -> Tensor:
    """All parameters in a row."""
    return torch.cat([p.detach().reshape(-1) for p in net.parameters()])


def first_gradient(_subject: ModuleType, net: nn.Module) -> Tensor | None:
    """The gradients of the first backward in a row, or None if one parameter got none."""
    found = [_FIRST.get(id(p)) for p in net.parameters()]
    flat = [f.reshape(-1) for f in found if f is not None]
    return torch.cat(flat) if len(flat) == len(found) else None


def gradient_left(_subject: ModuleType, net: nn.Module) -> bool:
    """Whether a gradient other than zero is in a parameter's .grad."""
    return any(p.grad is not None and bool(p.grad.any()) for p in net.parameters())


def _filled(net: nn.Module, values: list[Tensor]) -> nn.Module:
    with torch.no_grad():
        for p, value in zip(net.parameters(), values, strict=True):
            p.copy_(value)
            p.register_hook(_note(id(p)))
    return net


def _note(key: int) -> Callable[[Tensor], None]:
    def hook(grad: Tensor) -> None:
        _FIRST.setdefault(key, grad.detach().clone())

    return hook
