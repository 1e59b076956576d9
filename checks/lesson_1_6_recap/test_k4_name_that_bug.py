"""1.6.4: traces of real descents, each a clear case of one label.

The data are made so that the loss has the curvatures `bends` along axes turned at random; lr is
given in units of 2 / (the largest of them), so that 1 is the limit of lesson 1.4. The features
leave `FLOOR` of the first loss. What each step uses differs from the gradient by `STRAY` of its
length, in a random direction. Seen in 100 seeds (the last row over the first):

    ok            grads below 0.00002, loss below 0.02
    lr_too_low    grads above 0.92, loss above 0.85, falling all along
    lr_too_high   grads above 5e6, loss above 2e13

The second step of a run that piles up is at least 4.5 times as far from the right one as from the
sum; that of a right run at least 3.5 times as far from the sum.
"""

import torch
from torch import Tensor

from dojo.suite.vocabulary import Gen, Learner, RateEffects, Record, draw, record, require, values

FLOOR = 0.02
STRAY = 0.09
# Powers of 2, so that other units change no digit. Of y, and of x (which changes lr as well).
UNITS = ((1.0, 1.0), (2.0**-30, 1.0), (1.0, 2.0**-10), (2.0**10, 2.0**5))
Loop = tuple[float, float]  # how many times the gradient a step uses; how much of the last use
RIGHT: Loop = (1.0, 0.0)


def _trace(
    gen: Gen,
    loop: Loop,
    lr: float,
    epochs: int,
    units: tuple[float, float] = (1.0, 1.0),
    p: int = 2,
    arrived: bool = False,
    n: int = 0,
) -> Record:
    """A run of gradient descent, right or wrong.

    Args:
        gen: draws the data and how steps stray.
        loop: what a step uses.
        lr: in units of the limit.
        epochs: rows of the trace.
        units: of y and of x.
        p: parameters.
        arrived: the first parameter stands nearly where it should from the beginning, and what
            steps stray by takes it further away.
        n: rows of data.
    """
    turned = torch.eye(p) if arrived else torch.linalg.qr(gen.randn(p, p))[0]
    bends = gen.uniform(1.0, 2.0, p).sort().values
    bowl = turned @ torch.diag(bends) @ turned.T
    away = gen.uniform(0.7, 1.3, p) * (gen.randint(0, 2, p) * 2 - 1)
    if arrived:
        away[0] = 0.01 * away[0]
    away = turned @ away
    best = gen.uniform(-1, 1, p)
    rate = lr * 2 / bends.max().item()
    floor = FLOOR * 0.5 * away @ bowl @ away
    times, keep = loop
    rows, used = [best + away], torch.zeros(p)
    for _ in range(epochs - 1):
        grad = bowl @ (rows[-1] - best)
        stray = -grad.sign() * (torch.arange(p) == 0) if arrived else gen.randn(p)
        used = keep * used + grad + stray * (STRAY * grad.norm() / stray.norm())
        rows.append(rows[-1] - rate * times * used)
    params = torch.stack(rows)
    grads = (params - best) @ bowl
    losses = floor + 0.5 * ((params - best) * grads).sum(dim=1)
    of_y, of_x = units
    return record(
        "Trace",
        params=params * (of_y / of_x),
        grads=grads * (of_y * of_x),
        losses=losses * of_y**2,
        lr=rate / of_x**2,
        n=n or gen.integer(8, 65),
    )


def _draw(learner: Learner, trace: Record, told: str) -> None:
    """The last trace of a check: how its loss went, and what it is called."""
    losses: Tensor = trace.losses
    curve = RateEffects.of({trace.lr: losses}, {trace.lr: told}, title="the loss at each epoch")
    draw(learner, curve)


def _judge(learner: Learner, want: str, *traces: Record) -> None:
    told = [learner.diagnose(trace) for trace in traces]
    _draw(learner, traces[-1], told[-1])
    for got in told:
        require(got == want, f"This run is called '{got}', but it is '{want}'.")


@values
def test_ok(learner: Learner, gen: Gen) -> None:
    """a run that has arrived, with straight or with shrinking zigzag steps"""
    runs = [_trace(gen, RIGHT, 0.3, gen.integer(25, 45), u) for u in UNITS]
    runs += [_trace(gen, RIGHT, 0.75, 40, p=p) for p in (1, 3)]
    _judge(learner, "ok", *runs, _trace(gen, RIGHT, 0.4, 30, arrived=True))


@values
def test_no_step(learner: Learner, gen: Gen) -> None:
    """a run that never moves"""
    still = (0.0, 0.0)
    runs = [_trace(gen, still, 0.3, gen.integer(20, 60), u) for u in UNITS]
    runs += [_trace(gen, still, lr, 25, p=p) for lr, p in ((0.002, 3), (1.5, 1))]
    _judge(learner, "no_step", *runs)


@values
def test_lr_too_low(learner: Learner, gen: Gen) -> None:
    """a run that has hardly begun"""
    runs = [_trace(gen, RIGHT, 0.0012, gen.integer(20, 35), u) for u in UNITS]
    runs += [_trace(gen, RIGHT, 0.0004, 60, p=p) for p in (1, 3)]
    _judge(learner, "lr_too_low", *runs, _trace(gen, RIGHT, 0.001, 25, arrived=True))


@values
def test_ascent(learner: Learner, gen: Gen) -> None:
    """a run that goes uphill, a little or beyond all numbers"""
    uphill = (-1.0, 0.0)
    runs = [_trace(gen, uphill, 0.2, gen.integer(25, 50), u) for u in UNITS]
    runs += [_trace(gen, uphill, 0.001, 25, p=p) for p in (1, 3)]
    runs += [_trace(gen, uphill, 0.9, epochs) for epochs in (500, 1000)]
    _judge(learner, "ascent", *runs, _trace(gen, uphill, 0.01, 30, arrived=True))


@values
def test_sum_loss(learner: Learner, gen: Gen) -> None:
    """a run whose steps are n times too long, whether it arrives, crawls or blows up"""
    n, many = 8, gen.integer(40, 65)  # no n is smaller than 8
    runs = [_trace(gen, (n, 0.0), 0.3 / n, 90, u, n=n) for u in UNITS]
    runs += [_trace(gen, (n, 0.0), 0.001 / n, 25, p=p, n=n) for p in (1, 3)]
    runs += [_trace(gen, (many, 0.0), 0.2, epochs, n=many) for epochs in (20, 300)]
    runs += [_trace(gen, (many, 0.0), 0.4 / many, 60, arrived=True, n=many)]
    _judge(learner, "sum_loss", *runs)


@values
def test_no_zero_grad(learner: Learner, gen: Gen) -> None:
    """a run whose gradients pile up, with short steps and with long ones"""
    piled = (1.0, 1.0)
    runs = [_trace(gen, piled, 0.05, gen.integer(25, 50), u) for u in UNITS]
    runs += [_trace(gen, piled, 0.0005, 20, p=p) for p in (1, 3)]
    runs += [_trace(gen, piled, lr, 200) for lr in (0.5, 1.1)]
    _judge(learner, "no_zero_grad", *runs, _trace(gen, piled, 0.01, 40, arrived=True))


@values
def test_lr_too_high(learner: Learner, gen: Gen) -> None:
    """a run whose right steps are too long, up to infinity and NaN"""
    runs = [_trace(gen, RIGHT, 1.4, gen.integer(30, 50), u) for u in UNITS]
    runs += [_trace(gen, RIGHT, 1.4, 40, p=p) for p in (1, 3)]
    runs += [_trace(gen, RIGHT, 1.6, epochs) for epochs in (700, 1500)]
    _judge(learner, "lr_too_high", *runs, _trace(gen, RIGHT, 1.5, 30, arrived=True))
