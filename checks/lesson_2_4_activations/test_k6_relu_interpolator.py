"""2.4.6: the network that comes back is run here and compared with straight lines between points.

Neighbours are 0.5 to 1.6 apart. Right answers were off by at most 8e-15 (norm-wise, 400 seeds), in
float32 by 2e-6. A network with k - 1 ReLU units has at most k - 1 corners, so of
corners nothing but the width is left to check. The sine: a chord over a step h is off by at most
h^2 / 8, since the sine's second derivative is at most 1; that is what the check allows (measured:
0.1818 of 0.1974 with 5 units, 0.001007 of 0.001007 with 70).
"""

import math

import torch
from torch import Tensor

from dojo.suite.vocabulary import (
    FittedFunction,
    Gen,
    Learner,
    Record,
    close,
    convergence,
    draw,
    require,
    shapes,
    untouched,
    values,
)


def _points(gen: Gen, k: int) -> tuple[Tensor, Tensor]:
    x = gen.uniform(0.5, 1.6, k).cumsum(0) + gen.uniform(-5, 0)
    return x, gen.uniform(1, 4, k) * (2 * gen.integer(0, 2) - 1)


def _run(p: Record, x: Tensor) -> Tensor:
    w1, b1, w2, b2 = (getattr(p, name).detach().double() for name in ("w1", "b1", "w2", "b2"))
    return (torch.relu(x.unsqueeze(1) @ w1 + b1) @ w2 + b2).squeeze(1)


def _judge(p: Record, x: Tensor, y: Tensor, what: str) -> None:
    """x sorted."""
    close(_run(p, x), y, f"the output at {what}")
    for share in (0.5, 0.2):
        between = x[:-1] + share * x.diff()
        want = y[:-1] + share * y.diff()
        close(_run(p, between), want, f"the output between {what}")


def _picture(p: Record, x: Tensor, y: Tensor) -> FittedFunction:
    shares = torch.linspace(0, 1, 11)
    dense, line = ((a[:-1, None] + shares * a.diff()[:, None]).flatten() for a in (x, y))
    return FittedFunction.of(dense, line, _run(p, dense), title="the lines through 5 points")


@shapes
def test_width(learner: Learner, gen: Gen) -> None:
    """k points take k - 1 hidden units"""
    for k in (6, 2, 9):
        p = learner.interpolate(*_points(gen, k))
        known = {(1, k): "other-number-of-units", (k - 1, 1): "other-shape"}
        for name, want in (("w1", (1, k - 1)), ("w2", (k - 1, 1))):
            shape = tuple(getattr(p, name).shape)
            text = f"For {k} points {name} has shape {shape}; it should be {want}."
            require(shape == want, text, mistake=known.get(shape) if name == "w1" else None)


@values
def test_sorted(learner: Learner, gen: Gen) -> None:
    """points from left to right"""
    for k in (5, 2, 3, 12):
        x, y = _points(gen, k)
        p = learner.interpolate(x.clone(), y.clone())
        if k == 5:
            draw(learner, _picture(p, x, y))
        _judge(p, x, y, f"{k} points")


@values
def test_any_order(learner: Learner, gen: Gen) -> None:
    """points in any order, xk and yk untouched"""
    for k in (5, 2, 9):
        x, y = _points(gen, k)
        for order in (gen.permutation(k), torch.arange(k - 1, -1, -1), torch.arange(k).roll(1)):
            p = learner.interpolate(x[order], y[order])
            untouched(learner)
            _judge(p, x, y, f"{k} points in mixed order")


@convergence
def test_sine(learner: Learner) -> None:
    """five units draw a rough sine, 70 a good one"""
    dense = torch.linspace(-math.pi, math.pi, 1001)
    for units in (5, 70):
        x = torch.linspace(-math.pi, math.pi, units + 1)
        out = _run(learner.interpolate(x, x.sin()), dense)
        if units == 5:
            few = slice(None, None, 25)
            title = "a sine, drawn by 5 units"
            draw(learner, FittedFunction.of(dense[few], dense.sin()[few], out[few], title=title))
        worst = float((out - dense.sin()).abs().max())
        allowed = (2 * math.pi / units) ** 2 / 8
        text = f"With {units} units the worst distance from the sine is {worst:.4g}"
        require(worst <= allowed + 1e-4, f"{text}; it can be at most {allowed:.4g}.")
