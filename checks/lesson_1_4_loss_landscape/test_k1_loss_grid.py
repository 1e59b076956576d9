"""1.4.1: every entry of the table against the loss of its line alone, worked out here.

Rows and columns are unequal, but once, first: a table that is turned round has the right shape
there, and so is told by its numbers. Equal mathematics in another order differ by 1e-15.
"""

import torch
from torch import Tensor

from dojo.suite.vocabulary import Gen, Landscape, Learner, close, draw, shapes, untouched, values

Data = tuple[Tensor, Tensor, Tensor, Tensor]
SIZES = ((7, 4, 5), (1, 3, 2), (5, 1, 6), (3, 6, 1), (1, 1, 1), (90, 3, 4))  # rows, slopes, ...


def data(gen: Gen, n: int, i: int, j: int) -> Data:
    """Points off the origin, and slopes and intercepts in no order."""
    x, y = 0.7 + gen.randn(n, 1), 3 + gen.randn(n, 1)
    return x, y, 1 + gen.randn(i), gen.randn(j) - 0.5


def losses(x: Tensor, y: Tensor, ws: Tensor, bs: Tensor) -> Tensor:
    rows = [[(x * w + b - y).square().mean() for b in bs] for w in ws]
    return torch.stack([torch.stack(row) for row in rows])


def landscape(learner: Learner, x: Tensor, y: Tensor) -> Landscape:
    """What the answer gives around the lowest place, and the lowest of its own entries."""
    w, b = torch.linalg.lstsq(torch.cat([x, torch.ones_like(x)], dim=1), y).solution.flatten()
    ws, bs = torch.linspace(-2, 2, 33) + w, torch.linspace(-2, 2, 33) + b
    table = learner.loss_grid(x, y, ws, bs)
    row, column = divmod(int(table.argmin()), table.shape[1])
    ways = {"the lowest of your losses": [[ws[row].item(), bs[column].item()]]}
    xlim, ylim = (ws[0].item(), ws[-1].item()), (bs[0].item(), bs[-1].item())
    return Landscape.of(table.T, xlim, ylim, ways, title="your losses, seen from above")


def judge(learner: Learner, given: Data, when: str = "") -> None:
    got = learner.loss_grid(*given)
    untouched(learner, mistake="arguments-changed")
    close(got, losses(*given), f"the table of losses{when}")


@shapes
def test_one_entry_a_line(learner: Learner, gen: Gen) -> None:
    """a row for each slope, a column for each intercept"""
    for sizes in ((6, 3, 3), *SIZES):
        learner.loss_grid(*data(gen, *sizes))


@values
def test_square(learner: Learner, gen: Gen) -> None:
    """as many slopes as intercepts"""
    judge(learner, data(gen, 6, 3, 3))


@values
def test_every_entry(learner: Learner, gen: Gen) -> None:
    """each entry is the loss of its line"""
    for sizes in SIZES:
        judge(learner, data(gen, *sizes))


@values
def test_any_numbers(learner: Learner, gen: Gen) -> None:
    """in any order, in uneven steps, some of them twice"""
    x, y, _, _ = data(gen, 8, 1, 1)
    draw(learner, lambda: landscape(learner, x, y))
    ws, bs = torch.tensor([2.0, -1.0, 2.0, 0.0, 7.5]), torch.tensor([0.0, -3.0, 0.5, -3.0])
    judge(learner, (x, y, ws + gen.rand(1), bs))


@values
def test_perfect_line(learner: Learner, gen: Gen) -> None:
    """0 for the line on which all points lie"""
    x, _, ws, bs = data(gen, 5, 4, 3)
    judge(learner, (x, x * ws[2] + bs[1], ws, bs), ", with points on one of the lines")


@values
def test_asked_again(learner: Learner, gen: Gen) -> None:
    """the same tensors with other numbers in them have another table"""
    given = data(gen, 4, 3, 2)
    for _ in range(2):
        judge(learner, given)
        for t in given:
            t *= -1.3
