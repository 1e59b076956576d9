"""Runs beside the answer: a model that is changed in place after each epoch."""

from types import ModuleType
from typing import Any

import torch
from torch import Tensor, nn

State = dict[str, Tensor]


def _state(model: nn.Module) -> State:
    return {name: value.clone() for name, value in model.state_dict().items()}


def _kinds(model: nn.Module) -> list[bool]:
    """The modes of the layers, and which parameters record."""
    return [m.training for m in model.modules()] + [p.requires_grad for p in model.parameters()]


def _train(model: nn.Module, amount: float) -> None:
    """Change every number of the model in place, as an optimizer does."""
    with torch.no_grad():
        for value in (*model.parameters(), *model.buffers()):
            value.add_(amount if value.is_floating_point() else 1)


def watched(
    subject: ModuleType, patience: int, min_delta: float, losses: list[float]
) -> dict[str, Any]:
    """What the stopper answers and does while a model changes.

    Returns:
        ``answers``: to each loss; ``states``: of the model in each epoch; ``changed``: whether an
        update changed it; ``last``: its state before restore, ``restored`` after it; ``again``:
        after more training and a second restore.
    """
    model = nn.Sequential(nn.Linear(2, 3), nn.BatchNorm1d(3))
    model[0].eval()  # layers in different modes: nobody may even them out
    stopper = subject.EarlyStopper(patience, min_delta)
    answers: list[bool] = []
    states: list[State] = []
    changed = False
    for loss in losses:
        _train(model, 0.5)
        states.append(_state(model))
        kinds = _kinds(model)
        answers.append(stopper.update(loss, model))
        after = model.state_dict()
        changed = changed or _kinds(model) != kinds
        changed = changed or any(not torch.equal(v, after[k]) for k, v in states[-1].items())
    _train(model, 0.5)
    last = _state(model)
    stopper.restore(model)
    restored = _state(model)
    _train(model, 0.5)
    stopper.restore(model)
    return {
        "answers": answers,
        "states": states,
        "changed": changed,
        "last": last,
        "restored": restored,
        "again": _state(model),
    }
