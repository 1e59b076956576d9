"""The numbers in the text of lesson 2.1, worked out again.

Each is read from the text itself. The showdown is held with all starts side by side: one tensor
holds the weights of 40 networks, each with a loss of its own, so their sum trains all of them.
"""

import ast
import importlib.util
import math
import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits as cross_entropy

ROOT = Path(__file__).parents[2]
LESSON = "lesson_2_1_why_networks"
TEXT = (ROOT / "katas" / LESSON / "README.md").read_text(encoding="utf-8")
Act = Callable[[Tensor], Tensor]
RIVALS: dict[str, tuple[int, Act]] = {
    "a line": (0, torch.relu),
    "8 hidden units, relu": (8, torch.relu),
    "8 hidden units, tanh": (8, torch.tanh),
    "32 hidden units, relu": (32, torch.relu),
}


def said(pattern: str) -> list[float]:
    """The numbers that stand in the text where the pattern has groups; it occurs once."""
    found = re.findall(pattern, TEXT)
    assert len(found) == 1, f"{pattern!r} stands in the text {len(found)} times"
    groups = found[0] if isinstance(found[0], tuple) else (found[0],)
    return [float(g.replace(",", "")) for g in groups]


@cache
def solution(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "solutions" / LESSON / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def moons(n: int, seed: int) -> tuple[Tensor, Tensor]:
    noise, _ = said(r"\(noise ([\d.]+), seed (\d+)\)")
    return solution("k1_two_moons").moons(n, noise, torch.Generator().manual_seed(seed))


@cache
def shares(units: int, act: Act, seed: int, twice: bool = False) -> tuple[Tensor, Tensor]:
    """The share of training points that each of the 40 networks gets right, and that of fresh ones.

    Args:
        units: hidden units; 0 for a line.
        act: what bends them.
        seed: of the moons.
        twice: put a sigmoid on the logits before the loss that has its own.
    """
    epochs, lr, starts = said(r"after (\d+) epochs of Adam with lr ([\d.]+), from (\d+) starts")
    gen, many = torch.Generator().manual_seed(0), int(starts)

    def start(rows: int, columns: int, fan: int) -> Tensor:  # as nn.Linear starts
        numbers = 2 * torch.rand(many, rows, columns, generator=gen) - 1
        return (numbers / math.sqrt(fan)).requires_grad_()

    sizes = [(2, units), (units, 1)] if units else [(2, 1)]
    layers = [(start(i, o, i), start(1, o, i)) for i, o in sizes]

    def logits(x: Tensor) -> Tensor:
        out = x.expand(many, *x.shape)
        for k, (w, b) in enumerate(layers):
            out = (act(out) if k else out) @ w + b
        return torch.sigmoid(out) if twice else out

    x, y = moons(200, seed)
    optimizer = torch.optim.Adam([p for layer in layers for p in layer], lr=lr)
    for _ in range(int(epochs)):
        optimizer.zero_grad()
        out = logits(x)
        cross_entropy(out, y.expand_as(out), reduction="sum").div(len(x)).backward()
        optimizer.step()
    border = 0.5 if twice else 0.0
    right: list[Tensor] = []
    for points, labels in ((x, y), moons(10_000, 99)):
        with torch.no_grad():
            hits = (logits(points) > border) == (labels > 0.5)
        right.append(hits.double().mean(dim=(1, 2)))
    return right[0], right[1]


def compete(name: str) -> Tensor:
    return shares(*RIVALS[name], seed=0)[0]


def test_sigmoid_of_a_probability() -> None:
    low, high = said(r"They only lie between ([\d.]+) and ([\d.]+), whatever")
    assert torch.sigmoid(torch.tensor([0.0, 1.0])).tolist() == pytest.approx([low, high], abs=5e-5)


def test_parabola() -> None:
    code = re.findall(r"(?:    class Parabola.*\n)(?:(?:    .*)?\n)+?(?=    model = )", TEXT)
    assert len(code) == 1
    names: dict[str, Any] = {"torch": torch, "nn": torch.nn, "Tensor": Tensor}
    exec("\n".join(line[4:] for line in code[0].splitlines()), names)
    made, inputs, outputs = re.findall(
        r"model = (\S+) .*\n    model\(torch\.tensor\((\[\[.*?\]\])\)\).*: (\[\[.*?\]\])\n", TEXT
    )[0]
    model = eval(made, names)
    got = model(torch.tensor(ast.literal_eval(inputs)))
    assert got.tolist() == ast.literal_eval(outputs)
    assert sorted(name for name, _ in model.named_parameters()) == ["a", "c"]


def test_layers_in_a_plain_list_are_not_seen() -> None:
    class Hidden(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.layers = [torch.nn.Linear(2, 1)]

    words = re.findall(r'refuses: "(.*?)"', TEXT)
    assert len(words) == 1
    with pytest.raises(ValueError, match=words[0]):
        torch.optim.Adam(Hidden().parameters(), lr=0.1)


def test_collapsed_stack() -> None:
    found = dict(re.findall(r"\b([wb][12]) = (\[[\[\]\d, -]+\])", TEXT))
    w1, b1, w2, b2 = (torch.tensor(ast.literal_eval(found[k])) for k in ("w1", "b1", "w2", "b2"))
    weight, bias = solution("k4_collapse_linear_stack").collapse([(w1, b1), (w2, b2)])
    slope, height = said(r"so the whole stack is  (\d+) \* x \+ (\d+)")
    assert (weight.tolist(), bias.tolist()) == ([[slope]], [height])


def test_cost_of_a_row() -> None:
    p, cost, q, more = said(
        r"\(p = ([\d.]+) for a label 1: ([\d.]+)\), .*\(p = ([\d.]+): ([\d.]+)\)\. Torch"
    )
    assert -math.log(p) == pytest.approx(cost, abs=5e-6)
    assert -math.log(q) == pytest.approx(more, abs=5e-4)


def test_cost_with_a_sigmoid_too_many() -> None:
    ones = said(r"label 1:   from ([\d.]+) \(p = 1\)   to ([\d.]+) \(p = 0\)")
    zeros = said(r"label 0:   from ([\d.]+) \(p = 0\)   to ([\d.]+) \(p = 1\)")
    p = torch.tensor([1.0, 0.0])
    want = [cross_entropy(p[k], torch.tensor(1.0)).item() for k in (0, 1)]
    assert ones == pytest.approx(want, abs=5e-5)
    want = [cross_entropy(p[k], torch.tensor(0.0)).item() for k in (1, 0)]
    assert zeros == pytest.approx(want, abs=5e-5)
    first, second, floor = said(r"has the loss \(([\d.]+) \+ ([\d.]+)\) / 2 = (\d\.\d+)")
    assert [first, second] == [ones[0], zeros[0]]
    assert (first + second) / 2 == pytest.approx(floor, abs=1e-4)
    assert {float(n) for n in re.findall(r"\b0\.503\d*", TEXT)} == {floor}
    (nothing,) = said(r"\(p = 0\.5 everywhere: ([\d.]+)\)")
    assert nothing == pytest.approx(math.log(2), abs=5e-5)


def test_a_sigmoid_too_many_hides_in_the_accuracy() -> None:
    (border,) = said(r"with 8 tanh units, it passes ([\d.]+) in nine of ten runs or more")
    right, _ = shares(*RIVALS["8 hidden units, tanh"], seed=0, twice=True)
    assert float((right > border).double().mean()) >= 0.9


def test_the_line_stands_still() -> None:
    (share,) = said(r"a line +([\d.]+) from every start")
    assert compete("a line").tolist() == pytest.approx([share] * 40, abs=5e-4)


def test_eight_relu_units_often_fail() -> None:
    border, low, high = said(r"8 hidden units, relu +above ([\d.]+) in (\d) to (\d) runs of ten")
    (worst,) = said(r"the worst stop at ([\d.]+), no\s+better than the line")
    right = compete("8 hidden units, relu")
    assert low <= 10 * float((right > border).double().mean()) <= high
    assert right.min().item() == pytest.approx(worst, abs=5e-4)


@pytest.mark.parametrize("name", ["8 hidden units, tanh", "32 hidden units, relu"])
def test_networks_that_never_fail(name: str) -> None:
    (border,) = said(rf"{name} +above ([\d.]+) from every start")
    assert bool((compete(name) > border).all())


def test_fresh_points() -> None:
    n, line, good = said(
        r"On ([\d,]+) \*fresh\* points .* the line gets ([\d.]+), and good networks get about "
        r"([\d.]+), not"
    )
    assert n == 10_000
    _, fresh = shares(*RIVALS["a line"], seed=0)
    assert fresh.tolist() == pytest.approx([line] * 40, abs=5e-3)
    _, fresh = shares(*RIVALS["8 hidden units, tanh"], seed=0)
    assert fresh.median().item() == pytest.approx(good, abs=5e-3)


def test_moons_of_others_differ_by_some_hundredths() -> None:
    (share,) = said(r"a line +([\d.]+) from every start")
    epochs, lr, _ = said(r"after (\d+) epochs of Adam with lr ([\d.]+), from (\d+) starts")
    noise, seed = said(r"\(noise ([\d.]+), seed (\d+)\)")
    train = solution("k6_moons_showdown").train_classifier
    others: list[float] = []
    for file in sorted((ROOT / "solutions" / LESSON).glob("k1_two_moons__*.py")):
        x, y = solution(file.stem).moons(200, noise, torch.Generator().manual_seed(int(seed)))
        line = solution("k2_linear_classifier").LinearClassifier(2)
        others.append(train(line, x.float(), y.float(), lr, int(epochs)))
    assert all(0.005 < abs(other - share) < 0.1 for other in others)


def test_other_moons() -> None:
    one, other, first, second = said(
        r"the next two seeds, (\d) and (\d), have moons where it gets ([\d.]+) and ([\d.]+)\."
    )
    for seed, share in ((one, first), (other, second)):
        right, _ = shares(*RIVALS["a line"], seed=int(seed))
        assert right.median().item() == pytest.approx(share, abs=1e-6)
