"""Runs beside the answer: models that tell their mode, and what became of them.

In training mode a model's inputs are moved a little, without any chance, and a buffer counts its
calls. What a model was measured with is kept, for its picture.
"""

from types import ModuleType
from typing import Any

import torch
from torch import Tensor, nn

BENDS: dict[str, type[nn.Module]] = {"tanh": nn.Tanh, "relu": nn.ReLU}
_measured: dict[str, list[Tensor]] = {}


class _Noticing(nn.Module):
    def __init__(self, name: str, net: nn.Module, shift: float) -> None:
        super().__init__()
        self.name = name
        self.shift = shift
        self.net = net
        self.calls: Tensor
        self.register_buffer("calls", torch.zeros(1))

    def forward(self, x: Tensor) -> Tensor:
        if self.training:
            self.calls += 1
            return self.net(x + self.shift)
        _measured[self.name] = [p.detach().clone() for p in self.net.parameters()]
        return self.net(x)


def model(
    _subject: ModuleType,
    name: str,
    act: str,
    numbers: list[Tensor],
    frozen: bool,
    training: bool,
    shift: float,
) -> nn.Module:
    """A model that gives logits: a hidden layer and an output, or with act "" one layer.

    Its parameters come with gradients of ones; its layers are in other modes than itself.

    Args:
        name, act, numbers: what it is called, its activation, its parameters.
        frozen: whether its first bias doesn't require grad.
        training: the mode that it is in.
        shift: what is added to its inputs in training mode.
    """
    made = _Noticing(name, _net(act, numbers), shift).to(numbers[0].dtype)
    for p in made.parameters():
        p.grad = torch.ones_like(p)
    list(made.parameters())[1].requires_grad_(not frozen)
    made.train(training)
    made.net.train(not training)
    return made


def state(_subject: ModuleType, made: nn.Module) -> dict[str, Any]:
    """All that a comparison has to leave alone."""
    grads = {
        f"{name}.grad": torch.tensor([]) if p.grad is None else p.grad.clone()
        for name, p in made.named_parameters()
    }
    return {
        "numbers": {name: value.clone() for name, value in made.state_dict().items()} | grads,
        "modes": [m.training for m in made.modules()],
        "recording": [p.requires_grad for p in made.parameters()],
    }


def outputs(_subject: ModuleType, name: str, act: str, x: Tensor) -> Tensor | None:
    """What the model of this name gave when it was last measured, at other places."""
    if name not in _measured:
        return None
    with torch.no_grad():
        return _net(act, _measured[name])(x)


def _net(act: str, numbers: list[Tensor]) -> nn.Module:
    """Layers with these numbers, and the activation between them."""
    pairs = list(zip(numbers[::2], numbers[1::2], strict=True))
    layers: list[nn.Module] = []
    for weight, bias in pairs:
        d_out, d_in = weight.shape
        layer = nn.Linear(d_in, d_out, dtype=weight.dtype)
        with torch.no_grad():
            layer.weight.copy_(weight)
            layer.bias.copy_(bias)
        layers += [layer, BENDS[act]()] if act else [layer]
    return nn.Sequential(*layers[: 2 * len(pairs) - 1])
