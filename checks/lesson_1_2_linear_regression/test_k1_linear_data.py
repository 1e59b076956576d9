"""1.2.1: the grid, the line, where the noise comes from, and how large it is.

Without noise the answer is exact, so grid and line are compared as they are. The noise is what
``y`` has more than at noise 0; N = 100 000 draws. Four statistics are judged, each at 5.5 standard
errors, which normal noise exceeds with probability 4e-8. Worst seen over 200 seeds, in units of
``noise``: mean 0.0099 (standard error 1/sqrt(N)), std 0.0060 (1/sqrt(2N)), share within 1: 0.0050
(sqrt(0.6827 * 0.3173 / N)), neighbours 0.0076 (1/sqrt(N)). The listed mistakes are off by 15 % and
more in one of the four.
"""

import math
from functools import partial

import torch
from torch import Tensor

from dojo.failure import Failed
from dojo.suite.vocabulary import (
    FittedFunction,
    Gen,
    Learner,
    about,
    close,
    draw,
    draws_from,
    finite,
    moments,
    rate,
    require,
    shapes,
    values,
)

N = 100_000
NORMAL_SHARE = math.erf(1 / math.sqrt(2))


@shapes
def test_two_columns(learner: Learner, gen: Gen) -> None:
    """x and y are columns, one row a point"""
    for n in (7, 2, 30):
        learner.make_line(n, 2.0, -1.0, 0.1, gen.generator())
    try:
        learner.make_line(1, 2.0, -1.0, 0.1, gen.generator())
    except Failed as failed:
        if failed.cause != "raised":
            raise


@values
def test_grid(learner: Learner, gen: Gen) -> None:
    """x runs from -1 to 1 in even steps"""
    for n in (7, 2, 12):
        slope, intercept = _number(gen, 1, 3), _number(gen, -6, -4)
        x, _ = learner.make_line(n, slope, intercept, 0.0, gen.generator())
        other, _ = learner.make_line(n, slope, intercept, 0.0, gen.generator())
        drawn = {} if _alike(x, other) else {"random-x": partial(torch.clone, x)}
        close(x, torch.linspace(-1, 1, n).reshape(n, 1), "x", otherwise=drawn)


@values
def test_line(learner: Learner, gen: Gen) -> None:
    """without noise, every point lies on the line"""
    for n, sign, above in ((7, 1, 1), (5, -1, 1), (6, 1, -1), (130, -1, -1)):
        slope, intercept = sign * _number(gen, 1, 3), above * _number(gen, 4, 6)
        _, y = learner.make_line(n, slope, intercept, 0.0, gen.generator())
        close(y, slope * torch.linspace(-1, 1, n).reshape(n, 1) + intercept, "y")


@values
def test_source(learner: Learner, gen: Gen) -> None:
    """all randomness comes from gen"""
    _, calm = learner.make_line(9, 2.0, -1.0, 0.0, gen.generator())

    def drawn(source: torch.Generator) -> Tensor:
        _, y = learner.make_line(9, 2.0, -1.0, 0.5, source)
        finite(y, "y")
        return y

    draws_from(
        learner,
        gen,
        drawn,
        "noise",
        calm=calm,  # no noise at all: test_noise says so
        elsewhere="elsewhere",
        another="elsewhere",
        fixed="own-seed",
        restarts="starts-over",
    )


@values
def test_noise(learner: Learner, gen: Gen) -> None:
    """the noise is normal, and its standard deviation is noise"""
    # Ranges for which the known wrong sizes of the noise can't be mistaken for one another.
    noise, slope = _number(gen, 0.08, 0.12), _number(gen, 1.5, 2.2)
    # Few rows first: who makes a square of them would run out of memory with many.
    _, few = learner.make_line(30, slope, 5.0, noise, gen.generator())
    _, few_calm = learner.make_line(30, slope, 5.0, 0.0, gen.generator())
    eps = (few - few_calm).double()
    require(
        not few.isfinite().all() or _alike(few, few_calm) or eps.std().item() > 1e-3 * noise,
        "Every row got the same noise: all points are shifted together.",
        mistake="one-noise-for-all",
    )
    x, y = learner.make_line(N, slope, 5.0, noise, gen.generator())
    calm_x, calm = learner.make_line(N, slope, 5.0, 0.0, gen.generator())
    some = slice(None, None, N // 200)
    points = x[some], y[some], (), calm[some]
    draw(learner, FittedFunction.of(*points, title=f"a few of the points, noise {noise:.2f}"))
    finite(y, "y")
    grid = torch.linspace(-1, 1, N).reshape(N, 1)
    shaken = {"noise-in-x": partial(torch.clone, x)} if _alike(calm_x, grid) else {}
    close(x, grid, "x", otherwise=shaken)

    eps = (y - calm).double().flatten()
    left = (calm - slope * grid - 5.0).std().item()  # what is there at noise 0, too
    means = {"uniform-noise": noise / 2, "noise-without-sign": noise * math.sqrt(2 / math.pi)}
    spreads = {
        "noise-forgotten": 0.0,
        "noise-as-variance": (noise**0.5, noise**2),
        "noise-ignored": math.sqrt(2) * left if left > 1e-6 else math.nan,  # two draws add up
        "noise-multiplied": (noise * slope, noise * math.sqrt(25 + slope**2 / 3)),
        "uniform-noise": (noise / math.sqrt(3), noise / math.sqrt(12)),
    }
    moments(eps, 0, noise, "the noise", means, spreads)
    within = "the share of the noise within one standard deviation"
    rate(eps.abs() < noise, NORMAL_SHARE, within, {"uniform-noise": 1 / math.sqrt(3)})
    neighbours = (eps[1:] * eps[:-1]).mean().item() / noise**2
    about(neighbours, 0, 5.5 / math.sqrt(N), "the correlation of each row's noise with the next's")


def _number(gen: Gen, low: float, high: float) -> float:
    return gen.uniform(low, high).item()


def _alike(a: Tensor, b: Tensor) -> bool:
    return bool((a - b).abs().max() < 1e-6)
