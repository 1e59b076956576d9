"""The numbers in the text of lesson 1.6, worked out again; each is read from the text itself."""

import dataclasses
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
import torch
from torch import Tensor

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "katas/lesson_1_6_recap/README.md").read_text(encoding="utf-8")
NUMBER = r"(-?\d[\d,]*(?:\.\d+)?)"


def numbers(text: str) -> list[float]:
    return [float(n.replace(",", "")) for n in re.findall(r"-?\d+(?:,\d{3})*(?:\.\d+)?", text)]


def line(start: str) -> list[float]:
    """All numbers in the one line of the text that begins so, behind that beginning."""
    found = [x for x in map(str.strip, TEXT.splitlines()) if x.startswith(start)]
    assert len(found) == 1, f"{start!r} begins {len(found)} lines"
    return numbers(found[0][len(start) :])


def said(pattern: str) -> list[float]:
    """The numbers that stand in the text where the pattern has groups; it occurs once."""
    found = re.findall(pattern.replace("#", NUMBER), TEXT)
    assert len(found) == 1, f"{pattern!r} stands in the text {len(found)} times"
    groups = found[0] if isinstance(found[0], tuple) else (found[0],)
    return [float(g.replace(",", "")) for g in groups]


def about(value: float | Tensor) -> object:
    return pytest.approx(float(value), abs=0.0051)


@pytest.fixture(autouse=True)
def double() -> Iterator[None]:
    before = torch.get_default_dtype()
    torch.set_default_dtype(torch.float64)
    yield
    torch.set_default_dtype(before)


def points(n: int) -> tuple[Tensor, Tensor]:
    """The example with so many points."""
    rows = (rf"\n    {name}" + r" +#" * n + r"\n" for name in "xy")
    x, y = (torch.tensor(said(row)) for row in rows)
    return x, y


def table(x: Tensor) -> Tensor:
    return torch.stack([x, torch.ones(len(x))], dim=1)


def test_the_normal_equation() -> None:
    x, y = points(3)
    a = table(x)
    assert line("A.T @ A      ") == (a.T @ a).flatten().tolist()
    assert line("A.T @ y      ") == (a.T @ y).tolist()
    theta = torch.linalg.solve(a.T @ a, a.T @ y)
    assert said(r": w = #, and then b = #\. No lr") == [about(t) for t in theta]
    first = said(r"so #w \+ #b = # and #w \+ #b = #\.")
    assert first == [*a.T[0] @ a, a.T[0] @ y, *a.T[1] @ a, a.T[1] @ y]
    assert said(r"The difference says #w = #:") == [first[0] - first[3], first[2] - first[5]]
    found = line("torch.linalg.lstsq(A, y[:, None]).solution[:, 0]")
    assert found == [about(t) for t in torch.linalg.lstsq(a, y[:, None]).solution[:, 0]]
    assert line("torch.linalg.pinv(A) @ y") == [about(t) for t in torch.linalg.pinv(a) @ y]


def test_nothing_is_left_along_a_feature() -> None:
    x, y = points(3)
    a = table(x)
    left = a @ torch.linalg.solve(a.T @ a, a.T @ y) - y
    *differences, total = said(r"Here they are #, #, #: their sum is # ")
    assert differences == [about(v) for v in left]
    assert total == about(left.sum())
    one, two, rest = said(r"and times x it is # - # = #\.")
    products = x * left
    assert (one, two, rest) == (about(products[1]), about(-products[2]), about(products.sum()))


def test_features_of_one_size() -> None:
    x, y = points(4)
    mean, std = x.mean(), x.std(correction=0)
    z = (x - mean) / std
    assert line("z  =  (x - mean) / std") == [mean, std, *z]
    curvature, limit = said(r"mean of x\^2, which is #\. So lr must stay below #, and")
    a = table(x)
    assert curvature == 2 * x.square().mean()
    top = torch.linalg.eigvalsh(2 * a.T @ a / 4)[-1]
    assert limit == pytest.approx(2 / top.item(), rel=1e-6)
    assert said(r"the curvatures are # and #, w") == [2 * z.square().mean(), 2.0]
    (lr,) = said(r"lr = # is there in one step")
    scaled = table(z)
    there = -lr * 2 * scaled.T @ (-y) / 4
    assert torch.allclose(there, torch.linalg.pinv(scaled) @ y)
    assert said(r"The descent finds w = # and b = # for z") == [about(t) for t in there]


def test_the_way_back() -> None:
    x, y = points(4)
    w, m, s, b, slope, less = said(r"y_pred  =  # \* \(x - #\) / # \+ #  =  # \* x - #\n")
    assert (slope, -less) == (pytest.approx(w / s), pytest.approx(b - w * m / s))
    best = torch.linalg.pinv(table(x)) @ y
    assert (slope, -less) == tuple(pytest.approx(t) for t in best.tolist())
    at, place, off, height, low, high = said(
        r"Check with a point: # \* # - # = #, halfway between # and #\."
    )
    assert at * place - off == height == (low + high) / 2
    assert [low, high] == y[x == place].tolist()


def test_a_frozen_point() -> None:
    point = dataclasses.make_dataclass("Point", [("x", float), ("y", float)], frozen=True)
    p = point(1.0, 2.0)
    assert line("p.x     ") == [p.x]
    with pytest.raises(dataclasses.FrozenInstanceError):
        p.x = 5.0
    assert "p.x = 5.0                  FrozenInstanceError" in TEXT


# What a step uses instead of the gradient: so many times the one before, and the one now.
RUNS = {
    "nothing": (0, 1),
    "buffers never emptied": (1, 1),
    "wrong sign": (0, -1),
    "a sum over 8 rows": (0, 8),
    "no step": (0, 0),
}


@pytest.mark.parametrize("what", RUNS)
def test_the_table_of_traces(what: str) -> None:
    found = line(f"{what}   ")
    old, new = RUNS[what]
    w, before = 1.0, 0.0
    rows: list[float] = []
    for _ in range(3):
        rows.append(w)
        w, before = w - 0.1 * (old * before + new * 2 * w), 2 * w
    steps = [rows[1] - rows[0], rows[2] - rows[1]]
    planned = [-0.1 * 2 * v for v in rows[:2]]
    assert found == pytest.approx([*rows, *steps, *planned])
