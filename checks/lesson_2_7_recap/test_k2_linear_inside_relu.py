"""2.7.2: the network that comes back is run here, beside the line it should be.

Rows near 0, where the bias weighs most, and rows a thousand and a million away are compared
apart: together the far ones would hide the others. Half of the rows lie on either side of the
line. Between right answers there is rounding and nothing else: sums of a few terms.
"""

import torch
from torch import Tensor

from dojo.suite.vocabulary import (
    FittedFunction,
    Gen,
    Learner,
    Record,
    close,
    count,
    draw,
    require,
    shapes,
    untouched,
    values,
)


def _run(p: Record, x: Tensor) -> Tensor:
    w1, b1, w2, b2 = (getattr(p, name).detach().double() for name in ("w1", "b1", "w2", "b2"))
    return (torch.relu(x @ w1 + b1) @ w2 + b2).squeeze(1)


def _rows(gen: Gen, d: int, size: float) -> Tensor:
    """Rows with their opposites, so that half of them lie on either side."""
    x = size * gen.uniform(0.5, 1.5, 20, d) * (2 * gen.randint(0, 2, 20, d) - 1)
    return torch.cat([x, -x])


def _line(gen: Gen, d: int, side: int) -> tuple[Tensor, Tensor]:
    """Weights of both signs, and a bias of the sign that is asked for."""
    signs = 1 - 2 * (torch.arange(d) % 2)
    return signs * gen.uniform(0.5, 2, d), side * gen.uniform(0.4, 1.5, 1)


def _picture(p: Record, w: Tensor, b: Tensor) -> FittedFunction:
    t = torch.linspace(-3, 3, 61)
    x = t.unsqueeze(1) * w / w.square().sum()  # where x @ w is t
    return FittedFunction.of(t, (), _run(p, x), t + b, title="along w: your network and the line")


def _judge(learner: Learner, w: Tensor, b: Tensor, x: Tensor, where: str) -> None:
    p = learner.embed_linear(w.clone(), b.clone())
    untouched(learner)
    got = _run(p, x)
    lifted = {"shifted-up": lambda: got} if float(p.b1.min()) > 9 else None
    close(got, x @ w + b, f"the output for rows {where}", otherwise=lifted)


@shapes
def test_shapes(learner: Learner, gen: Gen) -> None:
    """d inputs, as many units as you like, one output"""
    for d in (3, 1, 7):
        w, b = _line(gen, d, 1)
        p = learner.embed_linear(w, b)
        rows, columns = p.w1.shape[0], p.w2.shape[1]
        text = f"w1 has {count(rows, 'row')}; it needs one for each of {count(d, 'input')}."
        require(rows == d, text, mistake="units-in-rows")
        text = f"w2 has {count(columns, 'column')}; there is one output."
        require(columns == 1, text, mistake="output-in-a-row")


@values
def test_near(learner: Learner, gen: Gen) -> None:
    """near 0, on both sides of the line"""
    for d, side in ((3, 1), (3, -1), (1, 1), (1, -1), (6, -1)):
        w, b = _line(gen, d, side)
        if (d, side) == (3, 1):
            p = learner.embed_linear(w.clone(), b.clone())
            draw(learner, _picture(p, w, b))
        _judge(learner, w, b, _rows(gen, d, 1.0), "near 0")


@values
def test_far(learner: Learner, gen: Gen) -> None:
    """a thousand and a million away"""
    for size in (1e3, 1e6):
        for d, side in ((4, -1), (1, 1)):
            w, b = _line(gen, d, side)
            _judge(learner, w, b, _rows(gen, d, size), f"about {size:,.0f} away")


@values
def test_edges(learner: Learner, gen: Gen) -> None:
    """at 0, with weights of 0, with no bias"""
    for d in (3, 1):
        for side in (1, -1):
            w, b = _line(gen, d, side)
            _judge(learner, w, b, torch.zeros(2, d), "of zeros")
            _judge(learner, 0 * w, b, _rows(gen, d, 1.0), "with all weights 0")
        _judge(learner, w, 0 * b, _rows(gen, d, 1.0), "with bias 0")
        w[-1] = 0.0
        _judge(learner, w, b, _rows(gen, d, 1.0), "with one weight 0")
