"""1.1.3: scripted losses in, the record and the order of the calls out; then a real training.

The losses come back as they went in. Some are as small as 1e-4, so that a rounded record shows.
"""

import torch
from torch import Tensor

from dojo.judge.vocabulary import Gen, Learner, close, length, require, same, shapes, values


class Training:
    """A model that is nothing but its losses: each update moves it on to the next."""

    def __init__(self, script: list[float]) -> None:
        self.script = script
        self.calls: list[str] = []
        self.given: list[object] = []

    def loss_of(self) -> Tensor:
        self._note("loss_of")
        updates = self.calls.count("update")
        value = self.script[min(updates, len(self.script) - 1)]
        return torch.tensor(value, requires_grad=True)

    def update(self, loss: Tensor) -> None:
        self._note("update")
        self.given.append(loss)

    def _note(self, call: str) -> None:
        self.calls.append(call)
        require(len(self.calls) < 200, "200 calls were made, and no end is in sight.")


def _run(learner: Learner, script: list[float]) -> tuple[Training, list[float]]:
    training = Training([*script, 0.77])
    losses = learner.run(training.loss_of, training.update, len(script))
    return training, losses


@shapes
def test_record(learner: Learner, gen: Gen) -> None:
    """one float an epoch comes back"""
    for epochs in (5, 1, 8):
        _, losses = _run(learner, gen.uniform(0.1, 3, epochs).tolist())
        length(losses, epochs, f"the record of {epochs} epochs")


@values
def test_calls(learner: Learner, gen: Gen) -> None:
    """loss_of and update take turns, once each in an epoch"""
    for epochs in (4, 1, 7):
        training, _ = _run(learner, gen.uniform(0.1, 3, epochs).tolist())
        for name in ("loss_of", "update"):
            same(training.calls.count(name), epochs, f"calls of {name} in {epochs} epochs")
        same(training.calls, ["loss_of", "update"] * epochs, "the order of the calls")


@values
def test_losses(learner: Learner, gen: Gen) -> None:
    """each entry is the loss before its epoch's update"""
    rising, tiny = [0.5, 0.8, 0.8, 1.2, 0.3, 0.4], gen.uniform(1e-4, 9e-4, 5).tolist()
    for script in (gen.uniform(0.1, 3, 6).tolist(), rising, tiny, [2.5]):
        _, losses = _run(learner, script)
        length(losses, len(script), f"the record of {len(script)} epochs")
        close(losses, script, "the record")


@values
def test_given(learner: Learner, gen: Gen) -> None:
    """update gets the tensor that loss_of returned"""
    script = gen.uniform(0.1, 3, 5).tolist()
    training, _ = _run(learner, script)
    for k, (loss, want) in enumerate(zip(training.given, script, strict=True)):
        text = f"In epoch {k} update was not given the tensor that loss_of returned."
        require(isinstance(loss, Tensor) and loss.requires_grad, text)
        close(loss, want, f"what update was given in epoch {k}")


@values
def test_real_training(learner: Learner, gen: Gen) -> None:
    """it trains a real model, whose update calls backward()"""
    x, y, w = 0.5 + gen.randn(7, 3), gen.randn(7), gen.randn(3)
    for epochs in (1, 20):
        losses, got = learner.probe.train(x, y, w, 0.05, epochs)
        now = w
        want: list[float] = []
        for _ in range(epochs):
            error = x @ now - y
            want.append(error.square().mean().item())
            now = now - 0.05 * 2 * x.T @ error / 7
        length(losses, epochs, f"the record of {epochs} epochs")
        close(losses, want, "the record", steps=epochs)
        close(got, now, f"the parameters after {epochs} epochs", steps=epochs)
