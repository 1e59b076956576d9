"""The numbers in the text of lesson 1.5, worked out again; each is read from the text itself."""

import importlib.util
import math
import re
from pathlib import Path
from types import ModuleType

import pytest
import torch
from torch import Tensor

ROOT = Path(__file__).parents[2]
LESSON = "lesson_1_5_numerical_gradients"
TEXT = (ROOT / "katas" / LESSON / "README.md").read_text(encoding="utf-8")
AT = 0.5  # where the table of tanh is taken
SLOPE = 1 - math.tanh(AT) ** 2


def said(pattern: str) -> list[float]:
    """The numbers that stand in the text where the pattern has groups; it occurs once."""
    found = re.findall(pattern, TEXT)
    assert len(found) == 1, f"{pattern!r} stands in the text {len(found)} times"
    groups = found[0] if isinstance(found[0], tuple) else (found[0],)
    return [float(g) for g in groups]


def table() -> dict[float, tuple[float, float, float]]:
    """By step: the errors of the central and the one-sided difference, and in float32."""
    rows = re.findall(r"^    (1e-\d+) +(\S+) +(\S+) +(\S+)$", TEXT, re.M)
    return {float(h): (float(a), float(b), float(c)) for h, a, b, c in rows}


def solution(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "solutions" / LESSON / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def one_sided(h: float) -> float:
    return abs((math.tanh(AT + h) - math.tanh(AT)) / h - SLOPE)


def central(steps: list[float]) -> list[float]:
    def slope(t: float) -> float:
        return 1 - math.tanh(t) ** 2

    return solution("k4_step_size_curve").errors_by_step(math.tanh, slope, AT, steps)


def central32(h: float) -> float:
    x, step = torch.tensor(AT), torch.tensor(h)
    return abs(float((torch.tanh(x + step) - torch.tanh(x - step)) / (2 * step)) - SLOPE)


def test_every_line_of_the_toolbox_runs() -> None:
    box = TEXT.partition("## A small toolbox\n")[2].partition("\n\n`math")[0]
    tools = re.findall(r"^    (\S.*?) {2,}", box, re.M)
    assert len(tools) == 11
    x = torch.tensor([0.3, -2.0], dtype=torch.float64)
    names = {"torch": torch, "x": x, "t": x, "a": x, "b": -x, "mask": x > 0}
    got = {tool: eval(tool, names) for tool in tools}
    assert torch.tensor([1.0]).dtype == torch.float32 != got["x.dtype"]
    assert got["torch.zeros(3, dtype=torch.bool)"].tolist() == [False] * 3
    assert got["(a - b).abs().max().item()"] == 4
    p = torch.sigmoid(x)
    assert torch.equal(p, 1 / (1 + torch.exp(-x)))
    assert torch.log(p).tolist() == pytest.approx([math.log(q) for q in p.tolist()])
    assert {"torch.exp(t)", "torch.log(t)", "torch.sigmoid(t)"} < set(re.findall(r"`(.*?)`", TEXT))


def test_slopes_of_a_cube() -> None:
    def cube(t: Tensor) -> Tensor:
        return (t**3).sum()

    x = torch.tensor([2.0], dtype=torch.float64)
    for h in (0.1, 0.05):
        side, middle = said(rf"h = {h} +one-sided ([\d.]+) +central ([\d.]+)")
        assert ((cube(x + h) - cube(x)) / h).item() == pytest.approx(side, abs=1e-9)
        measured = solution("k1_central_difference").numeric_grad(cube, x, h)
        assert measured.item() == pytest.approx(middle, abs=1e-9)


def test_table_where_the_step_is_to_blame() -> None:
    for h, (middle, side, single) in table().items():
        if h >= 1e-3:
            assert central([h])[0] == pytest.approx(middle, rel=0.06)
        if h >= 1e-6:
            assert one_sided(h) == pytest.approx(side, rel=0.12)
        if h >= 1e-2:
            assert central32(h) == pytest.approx(single, rel=0.3)


def test_table_where_rounding_is_to_blame() -> None:
    """Two orders of the same operations differ there: only the size can be said."""
    rows = table()
    assert len(rows) == 8
    for h, (middle, side, single) in rows.items():
        noise = 2.0**-52 / h
        if h < 1e-3:
            assert noise / 1000 < middle < 10 * noise
            assert central([h])[0] < 10 * noise
        if h < 1e-7:
            assert noise / 1000 < side < 20 * noise
            assert one_sided(h) < 20 * noise
        if h < 1e-7:  # x + h is x in float32, so the measured slope is 0
            assert single == pytest.approx(SLOPE, abs=0.05)
            assert central32(h) == pytest.approx(SLOPE)


def test_where_the_valleys_have_their_bottom() -> None:
    low, high, bottom = said(r"bottom lies at (\S+) to (\S+) for the central.*?error of (\S+) or")
    assert max(central([low, high])) <= bottom
    step, size = said(r"for the one-sided one at (\S+), with some (\S+), a hundred")
    assert size / 30 < one_sided(step) < 3 * size
    best, least, useless = said(
        r"central step is near (\S+) and gets no better than some (\S+), and at (\S+) the"
    )
    assert least / 3 < central32(best) < 3 * least
    assert central32(useless) > 100 * least


def test_relative_errors() -> None:
    rel_error = solution("k2_relative_error").rel_error
    a = torch.tensor([3.0, -1.5, 2.0], dtype=torch.float64)
    (percent,) = said(r"one percent everywhere have the relative error ([\d.]+);")
    assert rel_error(a, 1.01 * a) == pytest.approx(percent, abs=5e-5)
    factor, sign = said(r"a missing factor 2 gives ([\d.]+), a wrong sign (\d)\.")
    assert rel_error(a, 2 * a) == pytest.approx(factor, abs=5e-3)
    assert rel_error(a, -a) == sign


def test_what_a_probability_costs() -> None:
    small, large = said(r"p = 0\.99 costs ([\d.]+) or ([\d.]+)\)")
    assert small == pytest.approx(-math.log(0.99), abs=5e-3)
    assert large == pytest.approx(-math.log(0.01), abs=0.05)


def test_slopes_at_the_kink() -> None:
    relu, maximum, clamp = said(
        r"torch says (\S+) for relu, (\S+) for `maximum\(x, 0\)` and (\S+) for `clamp"
    )
    x = torch.zeros((), requires_grad=True)
    for value, want in (
        (torch.relu(x), relu),
        (torch.maximum(x, torch.zeros(())), maximum),
        (x.clamp(min=0), clamp),
    ):
        x.grad = None
        value.backward()
        assert x.grad is not None
        assert x.grad.item() == want


def test_three_ways_agree() -> None:
    exact, measured = said(r"agree, to (\S+) \(your formula and autograd\) and (\S+) \(the")
    gen = torch.Generator().manual_seed(0)
    x, w = (torch.randn(s, generator=gen, dtype=torch.float64) for s in ((9, 4), (4,)))
    y = (torch.arange(9) % 2).double()
    made = solution("k6_three_way_agreement").logistic_grads(x, y, w)
    assert made.manual_autograd <= exact
    assert max(made.manual_numeric, made.autograd_numeric) <= measured


def test_where_a_hidden_bias_crosses() -> None:
    points = torch.tensor([[0.0, 0], [0, 1], [1, 0], [1, 1]], dtype=torch.float64)
    y = torch.tensor([0.0, 1, 1, 0], dtype=torch.float64)

    def pre(t: Tensor) -> Tensor:
        return points @ t[:6].reshape(2, 3) + t[6:9]

    def loss(t: Tensor) -> Tensor:
        return (pre(t).relu() @ t[9:12] + t[12] - y).square().mean()

    numbers = [0.7, -0.4, 1.1, 0.5, 0.9, -0.6, 0, 0, 0, 1.0, -0.8, 0.3, 0]
    theta = torch.tensor(numbers, dtype=torch.float64)
    _, mask = solution("k5_kink_guard").numeric_grad_safe(loss, pre, theta)
    assert mask.nonzero().flatten().tolist() == [6, 7, 8]
