"""Runs beside the answer: models with dropout and batch norm, and what happens to them."""

from types import ModuleType
from typing import Any

import torch
from torch import Tensor, nn


def evaluated(
    subject: ModuleType, batches: list[list[Tensor]], weights: list[Tensor], training: bool
) -> tuple[Any, dict[str, Any]]:
    """The answer's metrics for a model, and what was seen of that.

    Args:
        batches: pairs of rows and codes.
        weights: of the linear layer, and its biases.
        training: the mode that the model is in before.
    """
    d_out, d_in = weights[0].shape
    linear = nn.Linear(d_in, d_out)
    with torch.no_grad():
        linear.weight.copy_(weights[0])
        linear.bias.copy_(weights[1])
    model = nn.Sequential(nn.Dropout(0.5), linear, nn.BatchNorm1d(len(weights[1])))
    for p in model.parameters():
        p.grad = torch.ones_like(p)
    linear.bias.requires_grad_(False)  # somebody has frozen it
    model.train(training)
    before = {name: value.clone() for name, value in model.state_dict().items()}
    modes: list[bool] = []
    outputs: list[Tensor] = []
    recorded: list[bool] = []

    def note(_module: nn.Module, _args: Any, result: Tensor) -> None:
        modes.append(any(m.training for m in model))
        outputs.append(result.detach().clone())
        recorded.append(result.requires_grad)

    model.register_forward_hook(note)
    loader = [(x, y) for x, y in batches]
    metrics = subject.evaluate(model, loader, nn.CrossEntropyLoss())
    after = model.state_dict()
    changed = [name for name, value in before.items() if not torch.equal(value, after[name])]
    grads = [p.grad for p in model.parameters()]
    frozen = [name for name, p in model.named_parameters() if not p.requires_grad]
    return metrics, {
        "modes": modes,
        "outputs": outputs,
        "recorded": any(recorded),
        "training": all(m.training for m in model),
        "changed": len(changed),
        "frozen": frozen == ["1.bias"],
        "grads": any(g is None or not bool((g == 1).all()) for g in grads),
    }


def followed(
    subject: ModuleType, train: list[list[Tensor]], val: list[list[Tensor]], epochs: int
) -> tuple[list[float], list[float]]:
    """The losses that the answer measures on both parts, after each epoch on the first of them.

    Args:
        train: mini-batches of rows and codes; few, so that they are learned by heart.
        val: other such mini-batches.
        epochs: how long.
    """
    with torch.random.fork_rng():
        torch.manual_seed(0)
        model = nn.Sequential(nn.Linear(2, 64), nn.Tanh(), nn.Linear(64, 2))
    measure = nn.CrossEntropyLoss()
    found: tuple[list[float], list[float]] = ([], [])
    for _ in range(epochs):
        for x, y in train:
            parameters = list(model.parameters())
            grads = torch.autograd.grad(measure(model(x), y), parameters)
            with torch.no_grad():  # torch.optim takes long to load, and a picture waits a second
                for p, grad in zip(parameters, grads, strict=True):
                    p -= 0.3 * grad
        for losses, part in zip(found, (train, val), strict=True):
            losses.append(float(subject.evaluate(model, [(x, y) for x, y in part], measure).loss))
    return found
