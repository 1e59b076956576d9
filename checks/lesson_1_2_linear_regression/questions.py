"""What the questions of lesson 1.2 let happen: runs on a line, with a learner's own descent."""

from typing import Any

import torch

from dojo.judge.outcome import Outcome
from dojo.suite.vocabulary import RateEffects

X = torch.linspace(-1, 1, 100, dtype=torch.float64).reshape(100, 1)
# A little wave stands in for noise: it is the same each time, and at right angles to w and b.
WAVE = 0.1 * torch.cos(9 * torch.pi * X)
Y = 2 * X - 1 + WAVE - WAVE.mean()
W0, B0 = torch.tensor([0.3]), torch.tensor([0.4])


def _fit(code: Any, lr: float, epochs: int) -> Any:
    return code.fit_line(X, Y, W0.double(), B0.double(), lr, epochs)


def twice_the_rate(code: Any) -> Outcome:
    """The first step and the tenth place, for lr 0.1 and 0.2."""
    moved = {}
    for epochs in (1, 10):
        moved[epochs] = [(_fit(code, lr, epochs).w - W0).item() for lr in (0.1, 0.2)]
    (one, two), (ten, twenty) = moved[1], moved[10]
    words = (
        f"With lr 0.1 and 0.2, w moves by {one:.4f} and {two:.4f} in the first epoch: "
        f"{two / one:.2f} times as far. After ten epochs it has come {ten:.3f} and {twenty:.3f} "
        f"far: {twenty / ten:.2f} times."
    )
    return Outcome(abs(two / one - 2) < 1e-9 and twenty / ten < 1.8, words)


def lr_one(code: Any) -> Outcome:
    """b and the loss with lr 1."""
    runs = [_fit(code, 1.0, epochs) for epochs in (48, 49, 50)]
    b = [run.b.item() for run in runs]
    losses = [float(v) for v in runs[-1].losses]
    floor = (Y - 2 * X + 1).square().mean().item()
    picture = RateEffects.of({1.0: losses}, {1.0: "lr 1"}, title="the loss with lr 1")
    words = (
        f"b after 48, 49 and 50 epochs: {b[0]:.3f}, {b[1]:.3f}, {b[2]:.3f}. The last three "
        f"losses: {losses[-3]:.4f}, {losses[-2]:.4f}, {losses[-1]:.4f}, where the noise alone "
        f"makes {floor:.4f}."
    )
    flat = abs(losses[-1] - losses[-2]) < 1e-6 * losses[-1]
    return Outcome(flat and losses[-1] > 10 * floor and abs(b[0] - b[2]) < 1e-6, words, picture)
