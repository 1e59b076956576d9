"""2.5.6: numbers over all rows, and that the model is as it was: dropout and batch norm notice.

A probe builds the models and notes what happens to them; right numbers are worked out here from
the outputs that it noted. All outputs of a row differ.
"""

from typing import Any

import torch
from torch import Tensor

from dojo.suite.vocabulary import (
    Gen,
    Learner,
    TwoLosses,
    close,
    draw,
    require,
    same,
    shapes,
    values,
)

SIZES = ([32, 32, 6], [5], [1, 7], [70, 3])


def _loader(gen: Gen, sizes: list[int], d: int = 3, k: int = 4) -> list[list[Tensor]]:
    return [[1 + gen.randn(n, d), gen.randint(0, k, n).long()] for n in sizes]


def _evaluated(
    learner: Learner, gen: Gen, sizes: list[int], training: bool
) -> tuple[Any, dict[str, Any], list[list[Tensor]]]:
    batches = _loader(gen, sizes)
    weights = [gen.randn(4, 3), gen.randn(4)]
    metrics, seen = learner.probe.evaluated(batches, weights, training)
    return metrics, seen, batches


def _outputs(seen: dict[str, Any], batches: list[list[Tensor]]) -> Tensor:
    """The model's outputs for all rows, if each mini-batch went through it once."""
    calls, due = len(seen["outputs"]), len(batches)
    require(calls >= due, f"{calls} of {due} mini-batches went through the model.")
    message = f"There are {due} mini-batches, but the model was called {calls} times."
    require(calls == due, message, "model-twice")
    return torch.cat(seen["outputs"])


@shapes
def test_numbers(learner: Learner, gen: Gen) -> None:
    """the number of rows, and two plain floats"""
    for sizes in SIZES[:2]:  # batch norm learns nothing from one row, and stops
        metrics, _, _ = _evaluated(learner, gen, sizes, True)
        same(metrics.n, sum(sizes), "the number of rows")
        for name, value in (("loss", metrics.loss), ("accuracy", metrics.accuracy)):
            plain = isinstance(value, (int, float))
            require(plain, f"{name} is a tensor; promised is a plain float.", "tensors-kept")


@values
def test_mode(learner: Learner, gen: Gen) -> None:
    """evaluation mode meanwhile, and the mode before afterwards"""
    for training in (True, False):
        _, seen, batches = _evaluated(learner, gen, [6, 6, 2], training)
        message = f"Of {len(batches)} mini-batches, {{}} met the model in training mode."
        met = seen["modes"].count(True)
        late = met == 1 and seen["modes"][0] and training
        require(not met, message.format(met), "eval-too-late" if late else "never-in-eval")
        words = ("training", "evaluation") if training else ("evaluation", "training")
        message = f"The model was in {words[0]} mode before, and is in {words[1]} mode afterwards."
        mistake = "stays-in-eval" if training else "always-train-afterwards"
        require(seen["training"] == training, message, mistake)


@values
def test_untouched(learner: Learner, gen: Gen) -> None:
    """nothing recorded, nothing changed, each mini-batch once"""
    for training in (True, False):
        _, seen, batches = _evaluated(learner, gen, [6, 5], training)
        _outputs(seen, batches)
        require(not seen["grads"], "Parameters have other gradients than before.", "trained")
        message = "Other parameters require grad than before."
        require(seen["frozen"], message, "switched-off-for-good")
        require(not seen["recorded"], "The outputs record gradients.", "recorded")
        require(not seen["changed"], f"{seen['changed']} of the model changed.", "never-in-eval")


def _followed(learner: Learner, gen: Gen) -> TwoLosses:
    """What the answer measures while a network learns few rows by heart."""
    x = gen.randn(120, 2)
    y = (x[:, 0] * x[:, 1] + 0.3 * gen.randn(120) > 0).long()
    rows = [[x[i : i + 15], y[i : i + 15]] for i in range(0, 120, 15)]
    train, val = learner.probe.followed(rows[:2], rows[2:], 80)
    return TwoLosses.of(train, val, title="what you measure, epoch by epoch")


@values
def test_loss(learner: Learner, gen: Gen) -> None:
    """the mean loss over all rows"""
    draw(learner, lambda: _followed(learner, Gen(0)))
    for sizes in SIZES:
        metrics, seen, batches = _evaluated(learner, gen, sizes, True)
        outputs, y = _outputs(seen, batches), torch.cat([y for _, y in batches])
        want = torch.nn.functional.cross_entropy(outputs, y)
        close(metrics.loss, want.item(), f"the loss over mini-batches of {sizes}")


@values
def test_accuracy(learner: Learner, gen: Gen) -> None:
    """the share of rows told rightly"""
    for sizes in SIZES:
        metrics, seen, batches = _evaluated(learner, gen, sizes, True)
        told = _outputs(seen, batches).argmax(dim=1)
        want = (told == torch.cat([y for _, y in batches])).double().mean()
        close(metrics.accuracy, want.item(), f"the accuracy over mini-batches of {sizes}")
