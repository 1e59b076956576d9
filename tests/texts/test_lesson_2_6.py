"""The numbers in the text of lesson 2.6, worked out again; each is read from the text itself."""

import math
import re
from pathlib import Path

import pytest
import torch

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "katas/lesson_2_6_regularization/README.md").read_text(encoding="utf-8")
FLAT = " ".join(TEXT.split())


def said(pattern: str) -> list[float]:
    """The numbers that stand in the text where the pattern has groups; it occurs once."""
    found = re.findall(pattern, FLAT)
    assert len(found) == 1, f"{pattern!r} stands in the text {len(found)} times"
    groups = found[0] if isinstance(found[0], tuple) else (found[0],)
    return [float(g) for g in groups]


def row(start: str) -> list[float]:
    """The numbers of the one line that begins so."""
    (line,) = [x for x in TEXT.splitlines() if x.strip().startswith(start)]
    return [float(n) for n in re.findall(r"\d+(?:\.\d+)?", line.split("patience")[0])]


def test_a_fifth_rounded_up() -> None:
    pairs = re.findall(r"-\(-(\d+) // 5\)\s+(\d+)\n", TEXT)
    assert len(pairs) == 2
    for n, up in pairs:
        assert math.ceil(int(n) / 5) == int(up) == -(-int(n) // 5)


def test_what_a_fit_leaves_of_the_noise() -> None:
    std, points, parameters, left = said(
        r"With s = ([\d.]+), (\d+) points and (\d+) parameters: ([\d.]+\d)\."
    )
    assert left == pytest.approx(std**2 * (1 - parameters / points))


def test_the_share_that_decay_leaves() -> None:
    lr, lam, share = said(r"With lr = ([\d.]+) and lam = ([\d.]+) a weight .* becomes ([\d.]+) of")
    w = torch.tensor([2.0], dtype=torch.float64, requires_grad=True)
    (lam / 2 * w.square().sum()).backward()
    with torch.no_grad():
        w -= lr * w.grad if w.grad is not None else math.nan
    assert w.item() / 2 == pytest.approx(share)


def test_dropout_keeps_the_mean() -> None:
    p, *before = said(r"With p = ([\d.]+), the numbers (\d), (\d), (\d), (\d) may become")
    after = said(r"may become (\d), (\d), (\d), (\d): the mean was 3 and is 3")
    assert sum(after) / 4 == sum(before) / 4 == 3
    for was, now in zip(before, after, strict=True):
        assert now in (0.0, pytest.approx(was / (1 - p)))
    assert after.count(0.0) / 4 == p


def test_the_table_of_the_stopper() -> None:
    losses, best, bad = row("losses   "), row("best so far"), row("bad in a row")
    lowest, count = math.inf, 0
    for loss, low, waited in zip(losses, best, bad, strict=True):
        good = loss < lowest
        lowest, count = (loss, 0) if good else (lowest, count + 1)
        assert (lowest, count) == (low, waited)
    assert count == 3
