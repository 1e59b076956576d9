"""The numbers in the text of lesson 1.3, worked out again; each is read from the text itself."""

import math
import re
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import pytest
import torch
from torch import Tensor

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "katas/lesson_1_3_batch_and_stochastic/README.md").read_text(encoding="utf-8")
DOUBLE = torch.float64
NUMBER = r"(-?[\d.,]*\d)"


def said(pattern: str) -> list[float]:
    """The numbers that stand in the text where the pattern has groups; it occurs once."""
    found = re.findall(pattern, TEXT)
    assert len(found) == 1, f"{pattern!r} stands in the text {len(found)} times"
    groups = found[0] if isinstance(found[0], tuple) else (found[0],)
    return [float(g.replace(",", "")) for g in groups]


def line(start: str) -> list[float]:
    """All numbers in the one line of the text that begins so, behind that beginning."""
    found = [x for x in map(str.strip, TEXT.splitlines()) if x.startswith(start)]
    assert len(found) == 1, f"{start!r} begins {len(found)} lines"
    return [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", found[0][len(start) :])]


def epoch_on_the_line(n: int, batch_size: int, lr: float, seed: int) -> tuple[float, float]:
    """The loss over all points before and after an epoch from w = b = 0."""
    slope, intercept, noise = said(
        r"points on the line (\d+)x - (\d+) with noise .* ([\d.]+), w and"
    )
    source = torch.Generator().manual_seed(seed)
    x = torch.linspace(-1, 1, n, dtype=DOUBLE)
    y = slope * x - intercept + noise * torch.randn(n, generator=source, dtype=DOUBLE)
    w = b = torch.zeros((), dtype=DOUBLE)
    for rows in torch.randperm(n, generator=source).split(batch_size):
        error = w * x[rows] + b - y[rows]
        w, b = w - lr * 2 * (error * x[rows]).mean(), b - lr * 2 * error.mean()
    return y.square().mean().item(), (w * x + b - y).square().mean().item()


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """The tables here are too small to be shared among threads."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def test_what_one_epoch_reaches() -> None:
    n, lr = said(r"changes: ([\d,]+) points .* lr ([\d.]+)\. After \*\*one\*\* epoch")
    (before,) = said(r"it was ([\d.]+) at the start")
    rows = re.findall(r"batch_size +(\d+) +(\d+) updates? +([\d.]+)(?: to ([\d.]+))?", TEXT)
    assert len(rows) == 4
    for size, updates, low, high in rows:
        assert math.ceil(n / int(size)) == int(updates)
        for seed in range(3):
            start, loss = epoch_on_the_line(int(n), int(size), lr, seed)
            assert start == pytest.approx(before, rel=0.05)
            if high:
                assert 0.95 * float(low) < loss < float(high)
            else:
                assert loss == pytest.approx(float(low), rel=0.05)


X = torch.tensor([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]])
ROWS = torch.tensor([2, 0, 2])
T = torch.arange(7)


def countdown(n: int) -> Iterator[int]:
    while n > 0:
        yield n
        n = n - 1


@pytest.mark.parametrize(
    ("code", "value"),
    [
        ("x[rows]", X[ROWS]),
        ("torch.arange(5)", torch.arange(5)),
        ("t[2:5]", T[2:5]),
        ("t[5:8]", T[5:8]),
        ("t.split(3)", torch.cat(T.split(3))),
        ("t.chunk(3)", torch.cat(T.chunk(3))),
        ("6 / 3", [6 / 3]),
        ("7 // 3", [7 // 3]),
        ("7 % 3", [7 % 3]),
        ("range(0, 7, 3)", list(range(0, 7, 3))),
        ("for k in countdown(3): print(k)", list(countdown(3))),
    ],
)
def test_the_toolbox(code: str, value: Any) -> None:
    numbers = value.flatten().tolist() if isinstance(value, Tensor) else value
    assert line(code)[: len(numbers)] == numbers


def test_examples_of_draws() -> None:
    shuffled = line("torch.randperm(5, generator=gen)")
    assert sorted(shuffled) == list(range(5))
    assert shuffled != list(range(5))
    drawn = line("torch.randint(5, (3,), generator=gen)")
    assert len(drawn) == 3
    assert set(drawn) < set(range(5))
    assert len(set(drawn)) < 3  # it shows that some may come twice


def test_splitting_and_chunking() -> None:
    n, size, *pieces = said(
        r"`torch\.arange\((\d+)\)\.split\((\d+)\)` makes pieces of (\d+), (\d+) and (\d+),"
    )
    assert [len(piece) for piece in torch.arange(int(n)).split(int(size))] == pieces
    n, count, length = said(r"`torch\.arange\((\d+)\)\.chunk\((\d+)\)` three of (\d+)\.")
    assert [len(piece) for piece in torch.arange(int(n)).chunk(int(count))] == [length] * 3


def test_an_iterator_is_gone_through_once() -> None:
    items = countdown(3)
    assert list(items) == [3, 2, 1]
    assert list(items) == []


def test_drawn_on_its_own() -> None:
    (share,) = said(r"Of n draws from n rows about (\d+) % of the rows come at all")
    never = (1 - 1 / 10_000) ** 10_000
    assert 1 - never == pytest.approx(share / 100, abs=0.005)


def test_what_is_left_over() -> None:
    n, size, *pieces = said(r"\* (\d+) rows in mini-batches of (\d+) are (\d+), (\d+) and (\d+)\.")
    assert [len(piece) for piece in torch.arange(int(n)).split(int(size))] == pieces
    n, size, all_of_them, full = said(
        r"(\d+) rows in mini-batches of (\d+) make (\d+) updates an epoch, or (\d+) with `drop"
    )
    assert (math.ceil(n / size), n // size) == (all_of_them, full)


def grads() -> list[float]:
    x, y = line("x      "), line("y      ")
    return [-2 * a * b for a, b in zip(x, y, strict=True)]


def mean(numbers: Sequence[float]) -> float:
    return sum(numbers) / len(numbers)


def test_the_mean_over_all_mini_batches_is_the_full_gradient() -> None:
    *by_row, full = line("2 * (0 - y) * x")
    assert by_row == grads()
    assert full == pytest.approx(mean(by_row), abs=0.005)
    pairs = [mean(pair) for pair in combinations(by_row, 2)]
    first, second, third, again = said(
        rf"\{{1, 2\}} gives {NUMBER}, \{{1, 3\}} gives {NUMBER}, \{{2, 3\}} gives {NUMBER}\. "
        rf"None is right, but the mean of the three is {NUMBER}\."
    )
    assert [first, second, third] == pairs
    assert again == full == pytest.approx(mean(pairs), abs=0.005)


def test_the_mini_batches_of_an_epoch_add_up() -> None:
    a, b, c = grads()
    two, one, total = said(rf"2/3 \* \({NUMBER}\) \+ 1/3 \* \({NUMBER}\) += {NUMBER}")
    assert (two, one) == (mean([a, b]), c)
    assert total == pytest.approx(2 / 3 * two + 1 / 3 * one, abs=0.005)
    assert total == pytest.approx(mean([a, b, c]), abs=0.005)
    two, one, total = said(rf"1/2 \* \({NUMBER}\) \+ 1/2 \* \({NUMBER}\) += {NUMBER}")
    assert total == mean([two, one])
    # Of three points each should have a third of the weight; two share a half, one has a half.
    assert "the third point counts twice as much as the others" in TEXT
    assert total == mean([mean([a, b]), c])


def test_four_times_as_many_rows_halve_the_scatter() -> None:
    assert "Four times as many rows halve the scatter" in TEXT
    source = torch.Generator().manual_seed(0)
    each = torch.randn(100_000, generator=source, dtype=DOUBLE) + 1
    order = each[torch.randint(len(each), (4000, 64), generator=source)]
    few, many = order[:, :16].mean(dim=1).std(), order.mean(dim=1).std()
    assert float(few / many) == pytest.approx(2, rel=0.1)


def test_the_loss_of_an_epoch() -> None:
    n, last, size = said(r"losses of (\d+) rows are 0, 1, 2, ..., (\d+), in mini-batches of (\d+)")
    losses = torch.arange(n, dtype=DOUBLE)
    assert losses[-1] == last
    batches = losses.split(int(size))
    sizes, means = [len(b) for b in batches], [b.mean().item() for b in batches]
    assert line("mini-batch  ") == sizes
    assert line("mean loss") == means
    wrong = said(rf"\({NUMBER} \+ {NUMBER} \+ {NUMBER}\) / 3 +{NUMBER}")
    assert wrong[:3] == means
    assert wrong[3] == pytest.approx(mean(means), abs=0.005)
    right = line("(15.5 * 32 + 47.5 * 32 + 66.5 * 6) / (32 + 32 + 6)     ")[0]
    assert right == losses.mean()
    weighted = sum(m * k for m, k in zip(means, sizes, strict=True)) / sum(sizes)
    assert right == pytest.approx(weighted)
