"""Runs beside the answer: models that give probabilities, and what training does to them."""

from types import ModuleType
from typing import Any

import torch
from torch import Tensor, nn

from dojo.learner.room import many


def linear(_subject: ModuleType, w: Tensor, b: Tensor) -> nn.Module:
    """One linear layer and a sigmoid, from these numbers."""
    return _filled(nn.Sequential(nn.Linear(len(w), 1), nn.Sigmoid()), [w.T, b])


def network(_subject: ModuleType, act: str, *numbers: Tensor) -> nn.Module:
    """A hidden layer with "tanh" or "relu", an output and a sigmoid, with these parameters."""
    (h, d), bend = numbers[0].shape, nn.Tanh() if act == "tanh" else nn.ReLU()
    net = nn.Sequential(nn.Linear(d, h), bend, nn.Linear(h, 1), nn.Sigmoid())
    return _filled(net, list(numbers))


def fixed(_subject: ModuleType) -> nn.Module:
    """A model that training doesn't change: the sigmoid of its input."""
    return _Fixed()


class _Fixed(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.unused = nn.Parameter(torch.ones(1))

    def forward(self, x: Tensor) -> Tensor:
        return torch.sigmoid(x + 0 * self.unused)


def numbers(_subject: ModuleType, net: nn.Module) -> Tensor:
    """All parameters in a row."""
    return torch.cat([p.detach().reshape(-1) for p in net.parameters()])


def trained(
    subject: ModuleType, start: list[Tensor], x: Tensor, y: Tensor, lr: float, epochs: int
) -> dict[str, Any]:
    """Train a tanh network from ``start``, and tell what became of it.

    Returns:
        ``numbers``: all parameters in a row; ``first``: the gradients of the first backward in a
        row, or None if a parameter got none; ``arrived``: a gradient was added to the .grad of
        this model's parameters, not of a copy's.
    """
    net = network(subject, "tanh", *start)
    parameters = list(net.parameters())
    first: dict[int, Tensor] = {}
    arrived: set[int] = set()

    def listen(k: int, p: Tensor) -> None:
        def note(grad: Tensor) -> None:
            first.setdefault(k, grad.detach().reshape(-1).clone())

        def arrive(owner: Tensor) -> None:
            arrived.add(id(owner))

        p.register_hook(note)
        p.register_post_accumulate_grad_hook(arrive)

    for k, p in enumerate(parameters):
        listen(k, p)
    subject.train_classifier(net, x, y, lr, epochs)
    whole = len(first) == len(parameters)
    return {
        "numbers": numbers(subject, net),
        "first": torch.cat([first[k] for k in range(len(first))]) if whole else None,
        "arrived": any(id(p) in arrived for p in parameters),
    }


def many_epochs(subject: ModuleType, x: Tensor, y: Tensor) -> tuple[Any, int]:
    """Train a line from -2 to 1 or so in more epochs than calls fit inside one another.

    Returns:
        The accuracy, and the number of epochs.
    """

    def train(epochs: int) -> Any:
        net = linear(subject, torch.tensor([[-2.0]]), torch.zeros(1))
        return subject.train_classifier(net, x.clone(), y.clone(), 3.0 / epochs, epochs)

    return many(train)


def _filled(net: nn.Module, values: list[Tensor]) -> nn.Module:
    with torch.no_grad():
        for p, value in zip(net.parameters(), values, strict=True):
            p.copy_(value)
    return net
