"""1.1.3: scripted losses in, the record and the order of the calls out; then a real training.

The losses come back as they went in. Some are as small as 1e-4, so that a rounded record shows. A
wrong order of calls is named here: in another order the functions would have answered otherwise.
"""

from collections.abc import Callable

import torch
from torch import Tensor

from dojo.suite.vocabulary import Gen, Learner, close, length, require, same, shapes, values
from dojo.wire.values import facts_of

# L is a call of loss_of, U one of update; in n epochs, "LU" * n is right.
ORDERS: tuple[tuple[str, Callable[[int], str]], ...] = (
    ("no-update", lambda n: "L" * n),
    ("update-skipped", lambda n: "L" + "LU" * (n - 1)),
    ("update-skipped", lambda n: "LU" * (n - 1) + "L"),
    ("measured-once", lambda n: "L" + "U" * n),
    ("measured-twice", lambda n: "LLU" * n),
    ("all-losses-first", lambda n: "L" * n + "U" * n),
    ("one-update-at-the-end", lambda n: "L" * n + "U"),
)


class Training:
    """A model that is nothing but its losses: each update moves it on to the next."""

    def __init__(self, script: list[float]) -> None:
        self.script = [*script, 0.77]
        self.calls = ""
        self.made: list[Tensor] = []
        self.given: list[object] = []

    def loss_of(self) -> Tensor:
        self._note("L")
        updates = min(self.calls.count("U"), len(self.script) - 1)
        self.made.append(torch.tensor(self.script[updates], requires_grad=True))
        return self.made[-1]

    def update(self, loss: Tensor) -> None:
        self._note("U")
        text = "update was given a function, not the tensor that loss_of returns."
        require(not callable(loss), text, mistake="loss-not-called")
        self.given.append(loss)

    def _note(self, call: str) -> None:
        self.calls += call
        text = "loss_of and update were called 200 times in all, and no end is in sight."
        require(len(self.calls) < 200, text)


def _run(learner: Learner, script: list[float]) -> tuple[Training, list[float]]:
    training = Training(script)
    return training, learner.run(training.loss_of, training.update, len(script))


def _falling(gen: Gen, epochs: int) -> list[float]:
    return sorted(gen.uniform(0.1, 3, epochs).tolist(), reverse=True)


@shapes
def test_record(learner: Learner, gen: Gen) -> None:
    """one float an epoch comes back"""
    for epochs in (5, 1, 8):
        _, losses = _run(learner, _falling(gen, epochs))
        length(losses, epochs, f"the record (epochs: {epochs})")


@values
def test_calls(learner: Learner, gen: Gen) -> None:
    """loss_of and update take turns, once each in an epoch"""
    runs = {n: _run(learner, _falling(gen, n))[0].calls for n in (4, 1, 7)}
    named = [m for m, rule in ORDERS if all(c == rule(n) for n, c in runs.items())]
    for n, calls in runs.items():
        text = f"In {n} epochs the calls were {' '.join(calls) or 'none'} (L: loss_of, U: update), "
        text += f"but they should be {' '.join('LU' * n)}."
        require(calls == "LU" * n, text, mistake=named[0] if named else None)


@values
def test_losses(learner: Learner, gen: Gen) -> None:
    """each entry is the loss before its epoch's update"""
    scripts = [_falling(gen, 6), [v / 3000 for v in _falling(gen, 5)], [2.5]]
    scripts.append([0.5, 0.1, 2e-7, 3e-13, 0.0, -0.1])
    records = [_run(learner, script)[1] for script in scripts]
    for script, losses in zip(scripts, records, strict=True):
        length(losses, len(script), f"the record (epochs: {len(script)})", "stops-early")
        cut = any(losses) and any(losses == [round(v, d) for v in script] for d in range(9))
        text = f"The record begins with {losses[0]} where the loss was {script[0]}."
        require(not cut or losses == script, text, mistake="rounded")
        close(losses, script, "the record")


@values
def test_rising(learner: Learner, gen: Gen) -> None:
    """losses that rise or stand still end nothing"""
    script = [0.5, 0.8, 0.8, 1.2, 0.3, 0.4]
    training, losses = _run(learner, script)
    stopped = training.calls.count("L") < len(script)
    text = f"the record of the losses {script}"
    length(losses, len(script), text, "stops-early" if stopped else None)
    close(losses, script, "the record")


@values
def test_given(learner: Learner, gen: Gen) -> None:
    """update gets the tensor that loss_of returned"""
    training, _ = _run(learner, _falling(gen, 5))
    for k, loss in enumerate(training.given):
        text = f"In epoch {k} update was not given the tensor that loss_of returned"
        known = isinstance(loss, (int, float, Tensor))
        other = "other-tensor-for-update"
        require(isinstance(loss, Tensor), f"{text}.", mistake=other if known else None)
        facts = facts_of(loss) if isinstance(loss, Tensor) else None
        # What was computed from it with recording on, such as a clone, will do as well.
        made_of_it = facts is not None and facts.requires_grad and not facts.is_leaf
        linked = made_of_it or any(loss is made for made in training.made)
        require(linked, f"{text}, nor one made of it.", mistake=other)
        if isinstance(loss, Tensor):
            shape = f"{text}, but one of the shape {tuple(loss.shape)}."
            require(loss.shape == (), shape, mistake=other)


@values
def test_real_training(learner: Learner, gen: Gen) -> None:
    """it trains a real model, whose update calls backward()"""
    x, y, w = 0.5 + gen.randn(7, 3), gen.randn(7), gen.randn(3)
    runs = {epochs: learner.probe.run(x, y, w, 0.05, epochs) for epochs in (1, 3, 20)}
    for epochs, (losses, got, updates) in runs.items():
        now = w
        want: list[float] = []
        for _ in range(epochs):
            error = x @ now - y
            want.append(error.square().mean().item())
            now = now - 0.05 * 2 * x.T @ error / 7
        text = f"{updates} updates were made, and the parameters are exactly what they were."
        require(updates == 0 or not torch.equal(got, w), text, mistake="other-tensor-for-update")
        length(losses, epochs, f"the record (epochs: {epochs})")
        close(losses, want, "the record", steps=epochs)
        same(updates, epochs, "the number of updates")
        close(got, now, f"the tensor of parameters (epochs: {epochs})", steps=epochs)


@values
def test_many_epochs(learner: Learner) -> None:
    """many epochs are run like five"""
    losses, updates, epochs = learner.probe.count()
    length(losses, epochs, f"the record (epochs: {epochs})")
    same(updates, epochs, "the number of updates")
    close(losses, [k / 2 for k in range(epochs)], f"the record (epochs: {epochs})")
