"""1.4.4: the limit against 2 / the largest curvature, and against descents just beside it.

By another formula it agrees to 1e-13 (power iteration) or better; `close` allows 1e-10.
"""

import torch
from torch import Tensor

from dojo.suite.vocabulary import (
    Gen,
    Learner,
    RateEffects,
    apart,
    close,
    convergence,
    draw,
    require,
    untouched,
    values,
)


def limit(x: Tensor) -> float:
    full = torch.cat([x, torch.ones(len(x), 1, dtype=x.dtype)], dim=1)
    return len(x) / torch.linalg.svdvals(full.double())[0].item() ** 2


def losses(x: Tensor, y: Tensor, lr: float, steps: int) -> Tensor:
    """The losses of a descent above the lowest one, from the steepest place on."""
    full = torch.cat([x, torch.ones(len(x), 1)], dim=1)
    curves, turned = torch.linalg.eigh(2 * full.T @ full / len(x))
    lowest = torch.linalg.pinv(full) @ y
    away = turned[:, -1] + 0.1 * turned[:, 0]
    found: list[Tensor] = []
    for _ in range(steps):
        found.append(0.5 * away @ (turned * curves) @ turned.T @ away)
        away = away - lr * 2 * full.T @ (full @ (lowest + away) - y) / len(x)
    return torch.stack(found)


def judge(learner: Learner, x: Tensor, name: str, slip: str | None = None) -> None:
    got = learner.max_stable_lr(x)
    untouched(learner)
    close(got, limit(x), name, otherwise={slip: lambda: got} if slip else None)


@values
def test_even_grid(learner: Learner, gen: Gen) -> None:
    """points evenly on [-1, 1]: 1, because of b"""
    grids = {n: torch.linspace(-1, 1, n).reshape(n, 1) for n in (100, 11, 2)}
    near = all(abs(learner.max_stable_lr(x) - 1) < 0.06 for x in grids.values())
    for n, x in grids.items():
        name = f"the limit for {n} points evenly on [-1, 1]"
        judge(learner, x, name, "a-little-less" if near else None)


@values
def test_one_feature(learner: Learner, gen: Gen) -> None:
    """one feature, small, off the middle, large"""
    for n, spread, middle in ((7, 1.0, 0.8), (12, 0.2, -1.5), (9, 5.0, 3.0), (1, 1.0, 2.0)):
        x = spread * gen.randn(n, 1) + middle
        judge(learner, x, "the limit")


@values
def test_several_features(learner: Learner, gen: Gen) -> None:
    """several features, many rows, one large feature, copies"""
    for n, d in ((8, 2), (7, 4), (90, 3), (2, 5)):
        x = gen.randn(n, d) * gen.uniform(0.5, 3, d) + gen.uniform(0.5, 1.5, d)
        judge(learner, x, "the limit")
    x = torch.cat([x[:, :1], 1000 * x[:, 1:2], x[:, :1], torch.full_like(x[:, :1], 2.0)], dim=1)
    judge(learner, x, "the limit with a large feature, a copy, a constant")


@values
def test_asked_again(learner: Learner, gen: Gen) -> None:
    """the same tensor with other numbers in it has another limit"""
    x = gen.randn(6, 2) + 0.7
    for factor in (1.0, 3.0):
        x *= factor
        judge(learner, x, "the limit")


@convergence
def test_beside_the_limit(learner: Learner, gen: Gen) -> None:
    """a descent comes to rest just below it, and runs away just above"""
    x, y = gen.randn(20, 2) * gen.uniform(0.7, 1.5, 2) + 0.5, gen.randn(20)
    top = learner.max_stable_lr(x)
    runs = {share * top: losses(x, y, share * top, 60) for share in (0.9, 0.99, 1.01)}
    words = ["0.9 times your limit", "just below it", "just above it"]
    draw(learner, RateEffects.of(runs, words, title="the loss above the lowest, by learning rate"))
    for (lr, found), falls in zip(runs.items(), (True, True, False), strict=True):
        does = "falls" if found[-1] < found[0] else "rises"
        first, last = apart(found[0].item(), found[-1].item())
        text = f"With lr {lr:.4g} the loss above the lowest {does}, from {first} to {last}."
        require((found[-1] < found[0]).item() == falls, text)
