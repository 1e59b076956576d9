"""Runs beside the answer: makes an MLP, gives it known numbers, listens to its layers."""

from collections.abc import Callable
from types import ModuleType
from typing import Any

import torch
from torch import Tensor

Act = Callable[[Tensor], Tensor]


def set_up(subject: ModuleType, sizes: list[int]) -> bool:
    """Whether nn.Module's own __init__ ran before the first layer; other errors don't count."""
    try:
        subject.MLP(*sizes)
    except Exception as error:
        return "Module.__init__" not in str(error)
    return True


def inventory(subject: ModuleType, sizes: list[int]) -> dict[str, Any]:
    """What a new network registers.

    Returns:
        ``entries``: how many each of its parameters holds, the largest first; ``frozen``: how
        many of them don't require grad; ``alike``: the hidden layer's weight holds one number.
    """
    net = subject.MLP(*sizes)
    parameters = sorted(net.parameters(), key=lambda p: -p.numel())
    return {
        "entries": [p.numel() for p in parameters],
        "frozen": sum(not p.requires_grad for p in parameters),
        "alike": any(
            p.numel() == sizes[0] * sizes[1] and bool((p == p.max()).all()) for p in parameters
        ),
    }


def filled(subject: ModuleType, numbers: list[Tensor], act: Act | None = None) -> Any:
    """A network with the given w1, b1, w2, b2 (each w as (in, out)), whatever they are called."""
    return _filled(subject, numbers, act)[0]


def refill(_subject: ModuleType, net: Any, numbers: list[Tensor]) -> None:
    """Give a network other numbers."""
    _fill(net, numbers)


def gradients(
    subject: ModuleType, numbers: list[Tensor], act: Act, x: Tensor, g: Tensor
) -> list[Tensor | None]:
    """The gradients of sum(g * output) for w1, b1, w2, b2; None where there is none."""
    net, parameters = _filled(subject, numbers, act)
    if not parameters:
        return [None] * len(numbers)
    result = net(x)
    if isinstance(result, Tensor) and result.requires_grad:
        (result * g).sum().backward()
    return [
        None if p.grad is None else _turned(p.grad, n)
        for p, n in zip(parameters, numbers, strict=True)
    ]


def calls_of_layers(subject: ModuleType, sizes: list[int], x: Tensor) -> list[int]:
    """How often a hook on each layer ran in one call; layers are what owns parameters."""
    net = subject.MLP(*sizes)
    layers = [m for m in net.modules() if m is not net and m._parameters]
    counts = [0] * len(layers)

    def listen(k: int) -> Callable[..., None]:
        def hook(*_: Any) -> None:
            counts[k] += 1

        return hook

    for k, layer in enumerate(layers):
        layer.register_forward_hook(listen(k))
    net(x)
    return counts


def _filled(
    subject: ModuleType, numbers: list[Tensor], act: Act | None
) -> tuple[Any, list[Tensor]]:
    """A network and its parameters in the order of ``numbers``; sizes tell which is which."""
    (d_in, d_hidden), d_out = numbers[0].shape, len(numbers[3])
    sizes = (d_in, d_hidden, d_out)
    net = subject.MLP(*sizes) if act is None else subject.MLP(*sizes, act)
    return net, _fill(net, numbers)


def _fill(net: Any, numbers: list[Tensor]) -> list[Tensor]:
    by_size = {p.numel(): p for p in net.parameters()}
    if sorted(by_size) != sorted(n.numel() for n in numbers):  # too few or too many: anything fixed
        with torch.no_grad():
            for p in net.parameters():
                p.copy_(torch.linspace(-0.7, 1.1, p.numel()).reshape(p.shape))
        return []
    parameters = [by_size[n.numel()] for n in numbers]
    with torch.no_grad():
        for p, n in zip(parameters, numbers, strict=True):
            p.copy_((n if p.shape == n.shape else n.T).reshape(p.shape))
    return parameters


def _turned(grad: Tensor, like: Tensor) -> Tensor:
    return (grad if grad.shape == like.shape else grad.T).reshape(like.shape).clone()
