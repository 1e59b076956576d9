"""1.6.3: the class and what its fields hold, the losses of the descent, and where it ends.

Goals lie well between two losses, but for one that is a loss exactly: with zeros for parameters
and whole numbers for targets the first loss has no rounding.
"""

import torch
from torch import Tensor

from dojo.suite.vocabulary import (
    Gen,
    Learner,
    LossCurve,
    close,
    count,
    draw,
    length,
    require,
    same,
    shapes,
    untouched,
    values,
)

FIELDS = {"losses": "list[float]", "epochs_run": "int", "stopped_early": "bool"}
LR = 0.13  # no rate that somebody would write into the code


def _data(gen: Gen, n: int, d: int) -> tuple[Tensor, Tensor]:
    x = 0.7 * gen.randn(n, d) + 0.4
    return x, x @ gen.uniform(1, 2, d) - 2 + 0.1 * gen.randn(n)


def _losses(x: Tensor, y: Tensor, lr: float, epochs: int) -> list[float]:
    table = torch.cat([x, torch.ones(len(y), 1)], dim=1)
    theta, out = torch.zeros(table.shape[1]), list[float]()
    for _ in range(epochs):
        miss = table @ theta - y
        out.append(miss.square().mean().item())
        theta = theta - lr * 2 * table.T @ miss / len(y)
    return out


def _judge(learner: Learner, x: Tensor, y: Tensor, epochs: int, goal: float, run: int) -> None:
    """One training, of which so many epochs are run."""
    result = learner.train(x, y, LR, epochs, goal)
    untouched(learner)
    words = f"where {count(run, 'epoch')} of {epochs} must be run"
    length(result.losses, run, f"the list of losses {words}")
    close(result.losses, _losses(x, y, LR, run), f"the list of losses {words}")
    same(result.epochs_run, run, f"epochs_run {words}")
    same(result.stopped_early, run < epochs, f"stopped_early {words}")


@shapes
def test_class(learner: Learner, gen: Gen) -> None:
    """TrainResult is a frozen dataclass with the three fields and their types"""
    facts = learner.probe.class_facts()
    require(facts["is"] != "missing", "The file has no class TrainResult.")
    require(facts["is"] != "plain", "TrainResult is no dataclass.", "no-dataclass")
    fields = {k.removeprefix("field "): v for k, v in facts.items() if k != "is"}
    told = ", ".join(f"{k}: {v}" for k, v in fields.items())
    names = f"The fields of TrainResult are {', '.join(fields) or 'none'}."
    require(list(fields) == list(FIELDS), names, "other-fields")
    require(fields == FIELDS, f"The fields of TrainResult are {told}.", "loose-field")
    require(facts["is"] == "frozen", "A TrainResult can be changed afterwards.", "not-frozen")


@values
def test_plain_values(learner: Learner, gen: Gen) -> None:
    """a list of floats, an int and a bool, as Python's own"""
    x, y = _data(gen, 7, 2)
    for goal in (0.0, 1e6):
        learner.train(x, y, LR, 3, goal)  # what kind of thing comes back is told there
        held = learner.probe.kinds(x, y, LR, 3, goal)
        same(held.pop("result"), "TrainResult", "the class of the result")
        want = {"losses": "list", "epochs_run": "int", "stopped_early": "bool", "entries": "float"}
        if not held["entries"]:
            held["entries"] = "float"  # how many losses there are is another check's
        for part, kind in want.items():
            words = f"In the result, {part} is of type {held[part]} and not {kind}."
            if part == "entries":
                words = f"The losses of the result are of type {held[part]} and not {kind}."
            tensor = "Tensor" in held[part]
            require(held[part] == kind, words, "tensors-kept" if tensor else "other-kind")


@values
def test_all_epochs(learner: Learner, gen: Gen) -> None:
    """a goal that isn't reached: all epochs, and their losses"""
    x, y = _data(gen, 9, 3)
    result = learner.train(x, y, LR, 20, 0.0)
    draw(learner, LossCurve.of(result.losses, _losses(x, y, LR, 20)))
    for n, d, epochs in ((9, 3, 20), (1, 2, 2), (130, 2, 3), (5, 1, 1)):
        _judge(learner, *_data(gen, n, d), epochs, 0.0, epochs)


@values
def test_goal(learner: Learner, gen: Gen) -> None:
    """a goal that is reached on the way, in the first epoch, or in the last"""
    x, y = _data(gen, 8, 2)
    losses = _losses(x, y, LR, 6)
    between = (losses[3] + losses[4]) / 2
    for epochs, goal, run in ((40, between, 5), (6, between, 5), (5, between, 5), (4, between, 4)):
        _judge(learner, x, y, epochs, goal, run)
    _judge(learner, x, y, 3, 2 * losses[0], 1)


@values
def test_exactly_the_goal(learner: Learner, gen: Gen) -> None:
    """a loss that is the goal exactly is not below it"""
    x, _ = _data(gen, 4, 2)
    y = 2.0 * torch.tensor([1.0, -1.0, 1.0, 1.0])
    _judge(learner, x, y, 5, 4.0, 2)


@values
def test_no_epochs(learner: Learner, gen: Gen) -> None:
    """no epochs at all: no losses, and nothing stopped"""
    _judge(learner, *_data(gen, 6, 2), 0, 1e6, 0)


@values
def test_own_list(learner: Learner, gen: Gen) -> None:
    """each result has a list of its own"""
    x, y = _data(gen, 6, 2)
    _judge(learner, x, y, 2, 0.0, 2)
    held = learner.probe.keeps(x, y, LR)
    words = f"Results of 2 and of 3 epochs hold {held[0]} and {held[1]} losses."
    require(held == [2, 3], words, "shared-list")
    for factor in (1.0, -1.3):
        x *= factor
        y += factor
        _judge(learner, x, y, 3, 0.0, 3)
