"""1.2.1: the grid, the line, where the noise comes from, and how large it is.

Without noise the answer is exact, so grid and line are compared as they are. The noise is what
``y`` has more than at noise 0, in units of ``noise``; N = 100 000 draws. Four statistics are
judged, each at 5.3 standard errors, which normal noise exceeds with probability 1.2e-7, so a right
answer fails in fewer than one of a million judgements:

    mean              standard error 1/sqrt(N)           allowed 0.0168
    std               1/sqrt(2N)                         allowed 0.0119
    share within 1    sqrt(0.6827 * 0.3173 / N)          allowed 0.0078
    neighbours        1/sqrt(N)                          allowed 0.0168

Worst seen over 200 seeds: 0.0099, 0.0060, 0.0050, 0.0076. The listed mistakes are off by 40 % and
more in one of the four.
"""

import math

import torch
from torch import Tensor

from dojo.failure import Failed
from dojo.suite.vocabulary import (
    FittedFunction,
    Gen,
    Learner,
    close,
    draw,
    draws_from,
    finite,
    holds,
    moments,
    require,
    shapes,
    values,
)

N = 100_000
SIGMAS = 5.3
NORMAL_SHARE = math.erf(1 / math.sqrt(2))
UNIFORM_KURTOSIS = 1.8


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
        require(
            not x.isfinite().all() or _alike(x, other),
            "Two calls with different generators gave different x.",
            mistake="random-x",
        )
        close(x, torch.linspace(-1, 1, n).reshape(n, 1), "x")


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
        elsewhere="global-random",
        another="other-source",
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
    _, calm = learner.make_line(N, slope, 5.0, 0.0, gen.generator())
    some = slice(None, None, N // 200)
    points = x[some], y[some], (), calm[some]
    draw(learner, FittedFunction.of(*points, title=f"a few of the points, noise {noise:.2f}"))
    finite(y, "y")
    grid = torch.linspace(-1, 1, N).reshape(N, 1)
    shaken = {
        "noise-in-x": lambda: (y - 5.0) / slope,
        "noise-in-x-too": lambda: x if holds(lambda: moments(x - grid, 0.0, noise, "x")) else None,
    }
    close(x, grid, "x", otherwise=shaken)

    eps = (y - calm).double().flatten() / noise
    mean, std = eps.mean().item(), eps.std().item()
    require(
        eps.abs().max().item() > 1e-3,
        "y is the same with noise and without.",
        mistake="noise-forgotten",
    )
    require(
        abs(std - 1) < SIGMAS / math.sqrt(2 * N),
        f"The noise has standard deviation {std * noise:.4f}; noise is {noise:.4f}.",
        mistake=_size_mistake(eps, noise, slope, (calm - slope * grid - 5.0).std().item()),
        std=std * noise,
        noise=noise,
    )
    require(
        abs(mean) < SIGMAS / math.sqrt(N),
        f"The noise has mean {mean * noise:.4f}, where it should be 0 up to "
        f"{SIGMAS * noise / math.sqrt(N):.4f}.",
        mean=mean * noise,
    )
    share = (eps.abs() < 1).double().mean().item()
    require(
        abs(share - NORMAL_SHARE) < SIGMAS * math.sqrt(NORMAL_SHARE * (1 - NORMAL_SHARE) / N),
        f"{share:.1%} of the noise lies within one standard deviation; "
        f"of normal noise it is {NORMAL_SHARE:.1%}.",
        mistake="uniform-noise" if _is_uniform(eps) else None,
        share=share,
    )
    neighbours = (eps[1:] * eps[:-1]).mean().item()
    require(
        abs(neighbours) < SIGMAS / math.sqrt(N),
        "The noise of a row goes with the noise of the row before; each should draw for itself.",
        correlation=neighbours,
    )


def _number(gen: Gen, low: float, high: float) -> float:
    return gen.uniform(low, high).item()


def _alike(a: Tensor, b: Tensor) -> bool:
    return bool((a - b).abs().max() < 1e-6)


def _size_mistake(eps: Tensor, noise: float, slope: float, left: float) -> str | None:
    """Which known mistake gives noise of this size, if one does; ``left`` is there at noise 0."""
    if _is_uniform(eps):
        return "uniform-noise" if abs(eps.mean().item()) < 0.1 else "noise-on-one-side"
    sizes = {
        "noise-as-variance": math.sqrt(noise),
        "noise-squared": noise**2,
        "noise-not-scaled": math.sqrt(2),  # it is there at noise 0 too, so two draws add up
        "noise-before-slope": noise * slope,
        "noise-multiplied": noise * math.sqrt(25 + slope**2 / 3),
        "noise-without-sign": noise * math.sqrt(1 - 2 / math.pi),
        "noise-fixed": math.sqrt(2) * left,
    }
    std = eps.std().item() * noise
    spare = SIGMAS / math.sqrt(2 * N)
    fits = [m for m, s in sizes.items() if abs(std - s) < spare * s]
    return fits[0] if fits else None


def _is_uniform(eps: Tensor) -> bool:
    centred = eps - eps.mean()
    kurtosis = (centred**4).mean() / (centred**2).mean() ** 2
    return abs(kurtosis.item() - UNIFORM_KURTOSIS) < 0.05
