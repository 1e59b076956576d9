"""1.2.5: records of real gradient descent, each a clear case of one regime.

The data lie on an even, symmetric grid, so every parameter goes its own way: at each epoch its
error is multiplied by 1 - lr * h, with h = 2 for the intercept and about 0.7 for a slope. Seen in
300 seeds (the last step's length over the first one's; the last loss over the first):

    lr 0.01, 40 to 50 epochs      steps 0.43 to 0.77        loss 0.24 to 0.59
    lr 0.1, 150 to 300 epochs     steps below 0.0001        loss below 0.02
    lr 0.9, 45 to 60 epochs       steps below 0.0001, turning at each epoch
    lr 1, 50 to 120 epochs        steps 0.70 to 0.95        loss 0.26 to 0.74, flat at the end
    lr 1.01, 200 to 260 epochs    steps above 30            loss above 700
    lr 3                          steps above 1e20 after 40 epochs; not finite after 600

The noise stands at right angles to the features, so it moves no parameter.
"""

import torch
from torch import Tensor

from dojo.suite.vocabulary import Gen, Learner, RateEffects, draw, require, values

N = 40
# float64 by name: the judge sets its default dtype only while checks run.
GRID = torch.linspace(-1, 1, N, dtype=torch.float64)
ONES = torch.ones_like(GRID)
BOW = (GRID.abs() - GRID.abs().mean()) * 2  # symmetric where the grid is not: at right angles
NOISE = 0.1
AWAY, AWAY_SLOPE = (0.9, 1.3), (1.3, 2.0)  # how far from the best the parameters start
LINE = (GRID, ONES)
LINE_TURNED = (ONES, GRID)
LINE_GENTLE = (0.66 * GRID, ONES)
PLANE = (GRID, ONES, BOW)
# Powers of 2, so that other units change no digit: the last steps of a run may be rounding.
UNITS = (1.0, 1024.0, 1 / 1024)
CASES = (
    ("too_small", 0.01, 45),
    ("converging", 0.1, 200),
    ("oscillating", 1.0, 60),
    ("diverging", 1.01, 220),
)


def _record(
    gen: Gen,
    features: tuple[Tensor, ...],
    lr: float,
    epochs: int,
) -> tuple[Tensor, Tensor]:
    """Parameters before each update and their losses."""
    x = torch.stack(features, dim=1)
    p = x.shape[1]
    best = gen.uniform(-2, 2, p)
    eps = gen.randn(N)
    eps = eps - x @ torch.linalg.lstsq(x, eps.unsqueeze(1)).solution.squeeze(1)
    eps = eps * (NOISE / eps.square().mean().sqrt())
    y = x @ best + eps
    sign = gen.randint(0, 2, p) * 2 - 1
    far = torch.stack([gen.uniform(*(AWAY if f is ONES else AWAY_SLOPE)) for f in features])
    theta = best + sign * far
    # The derivatives are 2 / N * x.T @ (x @ theta - y), the loss the mean of the squares.
    slope, at_zero = lr * (2 / N) * (x.T @ x), lr * (2 / N) * (x.T @ y)
    rows = [theta]
    for _ in range(epochs - 1):
        rows.append(rows[-1] - (slope @ rows[-1] - at_zero))
    params = torch.stack(rows)
    return params, (params @ x.T - y).square().mean(dim=1)


def _judge(got: str, want: str, mistake: str | None = None) -> None:
    text = f"The regime is '{got}', but it should be '{want}'."
    require(got == want, text, mistake=mistake)


@values
def test_told_apart(learner: Learner, gen: Gen) -> None:
    """the four regimes don't all have one name"""
    words = [learner.regime(*_record(gen, LINE, lr, epochs)) for _, lr, epochs in CASES]
    text = f"Runs of all four regimes are called '{words[0]}'."
    require(len(set(words)) > 1, text, mistake="always-the-same")


@values
def test_too_small(learner: Learner, gen: Gen) -> None:
    """lr 0.01, a few dozen epochs: on the way, far from done"""
    for features in (LINE, LINE_TURNED, (GRID,)):
        record = _record(gen, features, 0.01, gen.integer(40, 50))
        _judge(learner.regime(*record), "too_small")


@values
def test_converging(learner: Learner, gen: Gen) -> None:
    """lr 0.1, more than a hundred epochs: arrived"""
    for features in (LINE, LINE_TURNED, (GRID,)):
        record = _record(gen, features, 0.1, gen.integer(150, 300))
        _judge(learner.regime(*record), "converging")


@values
def test_dying_jumps(learner: Learner, gen: Gen) -> None:
    """lr 0.9: the intercept jumps to and fro, each time less far, and arrives"""
    for features in (LINE, LINE_TURNED):
        record = _record(gen, features, 0.9, gen.integer(45, 60))
        got = learner.regime(*record)
        _judge(got, "converging", "any-turn-oscillates" if got == "oscillating" else None)


@values
def test_oscillating(learner: Learner, gen: Gen) -> None:
    """lr 1: the slope has arrived, the intercept jumps to and fro for ever"""
    # On the gentle line the slope never turns back; on the other its last steps are rounding.
    even, odd, few = gen.integer(25, 60) * 2, gen.integer(25, 60) * 2 + 1, gen.integer(40, 50)
    for features, epochs in ((LINE, even), (LINE, odd), (LINE_GENTLE, few)):
        params, losses = _record(gen, features, 1.0, epochs)
        first, second = learner.regime(params, losses), learner.regime(params.flip(1), losses)
        mistake = None if first == second else "one-parameter-only"
        if first == second and first != "oscillating":
            others, _ = _record(gen, LINE, 0.9, epochs)  # a clear case, too
            blown_up, rising = _record(gen, LINE, 3.0, epochs)
            deaf = first == learner.regime(others, losses) == learner.regime(blown_up, losses)
            if deaf and first != learner.regime(params, rising):
                mistake = "losses-only"  # only the losses ever change the answer
        for got in (first, second):
            _judge(got, "oscillating", mistake)


@values
def test_diverging(learner: Learner, gen: Gen) -> None:
    """lr 1.01, some hundred epochs: each jump is a little longer than the one before"""
    for features in (LINE, LINE_TURNED):
        record = _record(gen, features, 1.01, gen.integer(200, 260))
        _judge(learner.regime(*record), "diverging")


@values
def test_diverging_beyond_numbers(learner: Learner, gen: Gen) -> None:
    """lr 3: huge numbers, then infinite ones, then NaN"""
    _judge(learner.regime(*_record(gen, LINE, 3.0, gen.integer(40, 60))), "diverging")
    for epochs in (300, 600):
        _judge(learner.regime(*_record(gen, LINE, 3.0, epochs)), "diverging", "no-look-at-nan")


@values
def test_units(learner: Learner, gen: Gen) -> None:
    """the answers don't depend on the unit of y"""
    answers: list[tuple[str, list[str]]] = []
    curves: dict[float, Tensor] = {}
    for want, lr, epochs in CASES:
        params, losses = _record(gen, LINE, lr, epochs)
        curves[lr] = losses
        units = [learner.regime(params * unit, losses * unit**2) for unit in UNITS]
        answers.append((want, units))
    words = [units[0] for _, units in answers]
    title = "the loss at each epoch, by learning rate, and what you call it"
    draw(learner, RateEffects.of(curves, words, title=title))
    # Judged at the end, so that a wrong answer can be told from others by all that it said.
    for want, units in answers:
        moved = len(set(units)) > 1
        where = "With y in units that make its numbers 1, 1024 and 1/1024 times as large, "
        message = where + f"the regimes are {units}, but each should be '{want}'."
        require(
            units == [want] * len(UNITS), message, mistake="absolute-thresholds" if moved else None
        )


@values
def test_three_parameters(learner: Learner, gen: Gen) -> None:
    """a model with three parameters gives the same four words"""
    for want, lr, epochs in CASES:
        _judge(learner.regime(*_record(gen, PLANE, lr, epochs)), want)


@values
def test_asked_again(learner: Learner, gen: Gen) -> None:
    """the same tensors with another record in them have another answer"""
    params, losses = _record(gen, LINE, 0.01, 50)
    for lr in (0.01, 0.9, 1.0):
        others = _record(gen, LINE, lr, 50)
        want = learner.regime(*others)
        with torch.no_grad():
            for mine, other in zip((params, losses), others, strict=True):
                mine.copy_(other)
        got = learner.regime(params, losses)
        text = (
            f"The regime of a record is '{want}', but '{got}' in tensors that held another before."
        )
        require(got == want, text, mistake="kept-from-before")
