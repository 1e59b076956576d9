"""1.4.2: each place of the path against plain descent written out here, in float64.

x has a mean other than zero, so that w and b disturb each other. Twenty steps of equal mathematics
in another order differ by 1e-15.
"""

import torch
from torch import Tensor

from dojo.suite.vocabulary import (
    Gen,
    Landscape,
    Learner,
    close,
    detached,
    draw,
    require,
    shapes,
    values,
)

Data = tuple[Tensor, Tensor, Tensor]


def data(gen: Gen, n: int) -> Data:
    x = torch.linspace(-1, 1, n).reshape(n, 1) + gen.uniform(0.4, 0.6)
    return x, 2 * x - 1 + 0.3 * gen.randn(n, 1), gen.uniform(1, 2, 2) * torch.tensor([-1.0, 1.0])


def descent(x: Tensor, y: Tensor, start: Tensor, lr: float, steps: int) -> Tensor:
    path = [start]
    for _ in range(steps):
        w, b = path[-1]
        error = x * w + b - y
        path.append(path[-1] - lr * torch.stack([2 * (error * x).mean(), 2 * error.mean()]))
    return torch.stack(path)


def seen_from_above(given: Data, path: Tensor, title: str) -> Landscape:
    """The path, over the loss around the lowest place and the start."""
    x, y, start = given
    centre = torch.linalg.lstsq(torch.cat([x, torch.ones_like(x)], dim=1), y).solution.flatten()
    far = 1.3 * (start - centre).abs() + 0.2
    ws, bs = (torch.linspace(-1, 1, 33) * f + c for f, c in zip(far, centre, strict=True))
    grid = [[(x * w + b - y).square().mean().item() for w in ws] for b in bs]
    xlim, ylim = (ws[0].item(), ws[-1].item()), (bs[0].item(), bs[-1].item())
    ways = {"your path": path, "the lowest place": [centre.tolist()]}
    return Landscape.of(grid, xlim, ylim, ways, title=title)


def judge(learner: Learner, given: Data, lr: float, steps: int, title: str = "") -> Tensor:
    x, y, start = given
    path, want = learner.descent_path(x, y, start.clone(), lr, steps), descent(*given, lr, steps)
    if title:
        draw(learner, seen_from_above(given, path, title))
    close(path[0], start, "the first row of the path")
    close(path, want, "the path", steps=steps)
    return path


@shapes
def test_one_row_a_place(learner: Learner, gen: Gen) -> None:
    """a row for the start and one for each step, none that requires grad"""
    for n, steps in ((7, 4), (1, 2), (12, 1), (5, 0)):
        detached(learner.descent_path(*data(gen, n), 0.1, steps), "the path")


@values
def test_start(learner: Learner, gen: Gen) -> None:
    """the caller's start stays where it is"""
    x, y, start = data(gen, 7)
    learner.descent_path(x, y, start, 0.1, 3)
    changed = " and ".join(learner.last.changed)
    text = f"The caller's {changed} had other values after the call than before."
    require(not changed, text, mistake="caller-moved" if changed == "start" else None)


@values
def test_first_steps(learner: Learner, gen: Gen) -> None:
    """two steps, each from where the one before has led"""
    for n in (7, 1, 90):
        judge(learner, data(gen, n), 0.13, 2)


@values
def test_twenty_steps(learner: Learner, gen: Gen) -> None:
    """twenty steps towards the lowest place"""
    judge(learner, data(gen, 9), 0.27, 20, "your descent, seen from above")


@values
def test_two_cycle(learner: Learner, gen: Gen) -> None:
    """lr 1 on a symmetric grid: b jumps to and fro, w comes to rest"""
    x = torch.linspace(-1, 1, 11).reshape(11, 1)
    start = gen.uniform(1, 2, 2)
    given = (x, 3 * x - 1 + 0.1 * gen.randn(11, 1), start)
    path = judge(learner, given, 1.0, 12, "with lr 1, seen from above")
    close(path[::2, 1], start[1].expand(7), "b at every other place", steps=12)


@values
def test_no_early_stop(learner: Learner, gen: Gen) -> None:
    """all steps, also when they are next to nothing, grow, or when there is none"""
    x, y, start = data(gen, 8)
    line = x * start[0] + start[1] + 1e-6
    for lr, steps, targets in ((0.2, 30, line), (1.3, 12, y), (0.2, 0, y)):
        judge(learner, (x, targets, start), lr, steps)


@values
def test_asked_again(learner: Learner, gen: Gen) -> None:
    """the same tensors with other numbers in them have another path"""
    x, y, start = data(gen, 5)
    for _ in range(2):
        close(learner.descent_path(x, y, start, 0.1, 3), descent(x, y, start, 0.1, 3), "the path")
        for t in (x, y, start):
            t *= -1.2
