"""The numbers in the text of lesson 1.1, worked out again; each is read from the text itself."""

import ast
import math
import re
from itertools import pairwise
from pathlib import Path

import pytest
import torch
from torch import Tensor

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "katas/lesson_1_1_training_loop/README.md").read_text(encoding="utf-8")
BOXES = TEXT.partition("## Numbers in boxes\n")[2].partition("\n## ")[0]


def said(pattern: str) -> list[float]:
    """The numbers that stand in the text where the pattern has groups; it occurs once."""
    found = re.findall(pattern, TEXT)
    assert len(found) == 1, f"{pattern!r} stands in the text {len(found)} times"
    groups = found[0] if isinstance(found[0], tuple) else (found[0],)
    return [float(g) for g in groups]


def block(before: str) -> str:
    """The indented lines that follow a phrase of the text."""
    rest = TEXT.partition(before)[2].partition("\n\n")[2]
    return rest.partition("\n\n")[0]


def slope(w: float) -> float:
    """The slope of (2 * w - 6)^2, by autograd."""
    leaf = torch.tensor(w, dtype=torch.float64, requires_grad=True)
    ((2 * leaf - 6) ** 2).backward()
    assert leaf.grad is not None
    return leaf.grad.item()


def loss(w: float) -> float:
    return (2 * w - 6) ** 2


def test_every_line_of_the_box_says_what_torch_says() -> None:
    names: dict[str, object] = {"torch": torch}
    checked = 0
    for line in re.findall(r"^    (\S.*)$", BOXES, re.M):
        if line.startswith("t = "):
            exec(line, names)
            continue
        code, told, *_ = re.split(r" {2,}|(?<=\)) (?=shape)", line)
        got = eval(code, names)
        assert isinstance(got, (Tensor, int, tuple))
        if told.startswith("shape "):
            assert isinstance(got, Tensor)
            assert tuple(got.shape) == ast.literal_eval(told.removeprefix("shape "))
        elif isinstance(got, Tensor):
            assert got.tolist() == ast.literal_eval(told)
            if shape := re.search(r"shape (\(.*?\))", line):
                assert tuple(got.shape) == ast.literal_eval(shape[1])
        else:
            assert got == ast.literal_eval(told)
        checked += 1
    assert checked == 17


def test_the_square_of_differences() -> None:
    top, n, mean = said(r"the mean of the squares is (\d+)/(\d+) = ([\d.]+)\.")
    everywhere, twos = said(r"a model that predicts ([\d.]+) everywhere gets ([\d.]+) here")
    pred, target = torch.tensor([[1.0], [2.0], [3.0]]), torch.tensor([1.0, 2.0, 3.0])
    table = [
        [float(v) for v in row.split()] for row in block("each prediction against").splitlines()
    ]
    assert (pred - target).tolist() == table
    squares = (pred - target).square()
    assert (squares.sum().item(), squares.numel()) == (top, n)
    assert mean == pytest.approx(squares.mean().item(), abs=0.005)
    flat = torch.full((3, 1), everywhere)
    assert twos == pytest.approx((flat - target).square().mean().item(), abs=0.005)


def test_the_loss_of_two_predictions() -> None:
    a, b, t, u, c, d, n, mean = said(
        r"predictions (\d) and (\d) and the targets (\d) and (\d) it is "
        r"\((\d) \+ (\d)\) / (\d) = ([\d.]+)\."
    )
    (total,) = said(r"With the sum, (\d+), everything")
    squares = torch.tensor([a - t, b - u]).square()
    assert squares.tolist() == [c, d]
    assert (squares.mean().item(), squares.sum().item(), len(squares)) == (mean, total, n)


def test_the_descent_of_one_parameter() -> None:
    w0, y0, l0, s0 = said(
        r"At w = (\S+) the prediction is (\S+), the loss (\S+), the slope (\S+)\. A"
    )
    lr, start, step, w1, y1, l1 = said(
        r"With lr = (\S+), w becomes (\S+) \+ (\S+) = (\S+), the prediction (\S+), "
        r"the loss (\S+)\. A"
    )
    s1, w2, l2 = said(r"Again: the slope is now (\S+), w becomes (\S+), the loss (\S+)\. It")
    (best,) = said(r"on its way to w = (\d)")
    for w, y, here, there in ((w0, y0, l0, s0), (w1, y1, l1, s1)):
        assert (2 * w, loss(w), slope(w)) == pytest.approx((y, here, there))
    assert start == w0
    assert step == pytest.approx(-lr * s0)
    assert w1 == pytest.approx(w0 - lr * s0)
    assert w2 == pytest.approx(w1 - lr * s1)
    assert l2 == pytest.approx(loss(w2))
    assert loss(best) == 0


def test_the_run_without_zero() -> None:
    s0, s1, both, wrong, w1, w2 = said(
        r"uses (\S+) - (\S+) = (\S+) in place of (\S+): w jumps from (\S+) to (\S+)\. The losses"
    )
    losses = said(r"The losses are (\S+), (\S+), (\S+), (\S+), \.\.\. and never settle")
    w, piled, path, seen = 1.0, 0.0, [1.0], list[float]()
    for _ in range(4):
        seen.append(round(loss(w), 2))
        piled += slope(w)
        w -= 0.1 * piled
        path.append(w)
    assert losses == seen
    assert path[1:3] == pytest.approx([w1, w2])
    assert (s0, -s1, both) == pytest.approx((slope(1.0), slope(w1), slope(1.0) + slope(w1)))
    assert wrong == -s1


def test_the_run_without_zero_never_settles() -> None:
    w, piled, seen = 1.0, 0.0, list[float]()
    for _ in range(1000):
        seen.append(loss(w))
        piled += slope(w)
        w -= 0.1 * piled
    assert max(seen[-20:]) > 15


def test_how_many_orders_there_are() -> None:
    (orders,) = said(r"Five calls have (\d+) orders")
    assert orders == math.factorial(5)


def test_the_answer_of_the_fourth_kata_is_not_told() -> None:
    assert not re.search(r"exactly (4|four)|zero` is right before", TEXT)


def test_the_rates_to_try_do_what_is_asked_for() -> None:
    rates = said(r"by hand for lr (\S+), (\S+), (\S+) and (\S+)\. At which")
    errors = {}
    for lr in rates:
        path = [1.0]
        for _ in range(20):
            path.append(path[-1] - lr * slope(path[-1]))
        errors[lr] = [abs(w - 3) for w in path]
    assert errors[0.25] == pytest.approx([2.0] * 21)
    assert all(b < a for lr in (0.1, 0.2) for a, b in pairwise(errors[lr][:8]))
    assert errors[0.3][-1] > 50
