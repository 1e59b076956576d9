"""The numbers in the text of lesson 2.4, worked out again; each is read from the text itself."""

import importlib.util
import math
import re
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits, cross_entropy

ROOT = Path(__file__).parents[2]
LESSON = "lesson_2_4_activations"
TEXT = (ROOT / "katas" / LESSON / "README.md").read_text(encoding="utf-8")
EARLIER = (ROOT / "katas/lesson_2_1_why_networks/README.md").read_text(encoding="utf-8")


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


def slope(act: str, z: float) -> float:
    x = torch.tensor(z, dtype=torch.float64, requires_grad=True)
    (torch.sigmoid(x) if act == "sigmoid" else torch.tanh(x)).backward()
    assert x.grad is not None
    return x.grad.item()


def textbook(x: Tensor) -> Tensor:
    return 1 / (1 + torch.exp(-x))


def test_where_exp_overflows() -> None:
    end, at, end32, at32 = said(
        r"A float64 ends at about (\S+), and exp\(x\) gets there at x = ([\d.]+); "
        r"a float32 ends at ([\d.e]+), and exp\(x\) gets there at ([\d.]+)\. From"
    )
    for dtype, last, x in ((torch.float64, end, at), (torch.float32, end32, at32)):
        top = torch.finfo(dtype).max
        assert last == pytest.approx(top, rel=0.01)
        assert x == pytest.approx(math.log(top), abs=0.1)
        assert torch.tensor(x + 0.1, dtype=dtype).exp().isinf()
        assert torch.tensor(x - 0.1, dtype=dtype).exp().isfinite()


def test_what_breaks_in_the_textbook_sigmoid() -> None:
    double, single = said(r"In float64 that happens at x = (-\d+), in float32 at (-\d+)\.")
    for dtype, x in ((torch.float64, double), (torch.float32, single)):
        far, near = (torch.tensor(v, dtype=dtype, requires_grad=True) for v in (x, x + 1))
        value = textbook(far)
        assert value.item() == pytest.approx(torch.sigmoid(far).item(), abs=1e-30)
        value.backward()
        textbook(near).backward()
        assert far.grad is not None
        assert near.grad is not None
        assert far.grad.isnan()
        assert near.grad.isfinite()
        assert ((-far).exp() / (1 + (-far).exp())).isnan()


def test_where_multiplies_on_the_way_back() -> None:
    x = torch.tensor(-800.0, dtype=torch.float64, requires_grad=True)
    chosen = torch.where(x > 0, textbook(x), x.exp() / (1 + x.exp()))
    assert chosen.item() == 0.0
    chosen.backward()
    assert x.grad is not None
    assert x.grad.isnan()


def test_largest_slopes() -> None:
    (top,) = said(r"\| 0 to 1 \| ([\d.]+), at x = 0 \|")
    assert slope("sigmoid", 0.0) == top
    (top,) = said(r"\| -1 to 1 \| ([\d.]+), at x = 0 \|")
    assert slope("tanh", 0.0) == top


def test_another_activation_in_the_plot() -> None:
    n, units, lr, steps = said(
        r"\((\d+) points from -pi to pi, (\d) units, lr ([\d.]+), ([\d,]+) steps\)"
    )
    relu, same, last, plot = said(
        r"relu in both \| ([\d.]+) \| ([\d.]+) \|\n\| tanh in training, relu in the plot \| "
        r"([\d.]+) \| ([\d.]+) \|"
    )
    x = torch.linspace(-math.pi, math.pi, int(n)).unsqueeze(1)
    y = x.sin()
    for act, loss, error in (("relu", relu, same), ("tanh", last, plot)):
        net = solution("k2_same_activation_everywhere").build(act)
        assert net.w1.shape[1] == units
        got = [net.train_step(x, y, lr) for _ in range(int(steps))][-1]
        net.act = torch.relu
        assert got == pytest.approx(loss, abs=2e-4)
        assert (net.predict(x) - y).square().mean().item() == pytest.approx(error, rel=0.05)
    (nothing,) = said(r"Always answering 0 has an error of (0\.\d+)")
    assert y.square().mean().item() == pytest.approx(nothing, abs=5e-3)


def test_showdown_as_in_its_own_lesson() -> None:
    border, low, high = said(r"8 ReLU units passed ([\d.]+) in (\d) to (\d) runs of ten")
    assert f"relu   above {border:g} in {low:g} to {high:g} runs of ten" in EARLIER
    for name in ("8 hidden units, tanh", "32 hidden units, relu"):
        found = re.findall(rf"{name} +above ([\d.]+) from every start", EARLIER)
        assert len(found) == 1
        assert float(found[0]) >= border


def test_saturated_units() -> None:
    z, sigmoid, tanh = said(r"At z = (\d) it is ([\d.]+) for sigmoid, and ([\d.]+) for tanh:")
    assert slope("sigmoid", z) == pytest.approx(sigmoid, abs=1e-4)
    assert slope("tanh", z) == pytest.approx(tanh, abs=5e-6)
    eps, at, at_tanh = said(
        r"Below ([\d.]+) are z beyond ([\d.]+) on either side for sigmoid, and beyond ([\d.]+) for "
    )
    for act, edge in (("sigmoid", at), ("tanh", at_tanh)):
        assert slope(act, edge + 0.01) < eps < slope(act, edge - 0.01)
    a, of_tanh, of_sigmoid = said(
        r"At a = ([\d.]+) tanh still has a slope of ([\d.]+), sigmoid only (0\.\d+)"
    )
    assert 1 - a * a == pytest.approx(of_tanh, abs=5e-4)
    assert a * (1 - a) == pytest.approx(of_sigmoid, abs=5e-6)


def test_ten_sigmoids() -> None:
    top, depth, factor = said(r"at most ([\d.]+)\^(\d+) = (\S+) of the gradient")
    assert top**depth == pytest.approx(factor, rel=1e-3)
    assert solution("k4_saturation").grad_attenuation("sigmoid", int(depth)) == top**depth


def test_one_sigmoid_too_many() -> None:
    *limits, floor = said(
        r"lies between ([\d.]+) and ([\d.]+) if its target is 1, and between ([\d.]+) and ([\d.]+) "
        r"if it is 0\. .* never falls below (\d\.\d+)\. With softmax"
    )
    p = torch.tensor([1.0, 0.0])
    one, zero = (
        binary_cross_entropy_with_logits(p, torch.full((2,), t), reduction="none").tolist()
        for t in (1.0, 0.0)
    )
    assert limits == pytest.approx([*one, *reversed(zero)], abs=5e-5)
    assert floor == pytest.approx((one[0] + zero[1]) / 2, abs=5e-5)


def test_one_softmax_too_many() -> None:
    found = re.findall(r"([\d.]+) for (\d+)(?: classes)?[,.]", TEXT)
    floors = {int(k): float(v) for v, k in found}
    assert set(floors) == {2, 4, 10}
    for k, floor in floors.items():
        sure = torch.eye(k)[:1]
        assert cross_entropy(sure, torch.tensor([0])).item() == pytest.approx(floor, abs=5e-5)


def test_two_units_for_three_points() -> None:
    points = re.search(r"Say the points ((?:\(\d, \d\)(?:, )?)+)\.", TEXT)
    assert points is not None
    x, y = torch.tensor([eval(p) for p in re.findall(r"\(\d, \d\)", points[1])]).double().T
    p = solution("k6_relu_interpolator").interpolate(x, y)
    first, second = said(r"The slopes are (-?\d) and (-?\d), so")
    assert (y.diff() / x.diff()).tolist() == [first, second]
    weights = said(r"so the weights are (-?\d) and (-?\d):")
    assert p.w2.flatten().tolist() == weights
    base, at, value = said(r"    (\d) \+ \d relu.*at x = (\d):  .* = (\d)\n")
    assert p.b2.item() == base
    output = torch.relu(torch.tensor([[at]], dtype=torch.float64) @ p.w1 + p.b1) @ p.w2 + p.b2
    assert output.item() == value


def test_parts_of_a_flat_tensor() -> None:
    v = torch.tensor([1.0, 2.0, 3.0])
    for told, want in (("v[:1]", [1]), ("v[:-1]", [1, 2]), ("torch.cat([a, b])", [1, 2, 3, 3])):
        assert f"`{told}`" in TEXT
        assert eval(told, {"torch": torch, "v": v, "a": v, "b": v[2:]}).tolist() == want


def test_errors_of_the_interpolated_sine() -> None:
    rows = re.findall(r"\| units \|(.*)\|\n\|[-|]+\n\| largest error \|(.*)\|", TEXT)
    assert len(rows) == 1
    units, errors = ([float(v) for v in row.split("|")] for row in rows[0])
    dense = torch.linspace(-math.pi, math.pi, 4001, dtype=torch.float64)
    for n, error in zip(units, errors, strict=True):
        x = torch.linspace(-math.pi, math.pi, int(n) + 1, dtype=torch.float64)
        p = solution("k6_relu_interpolator").interpolate(x, x.sin())
        line = (torch.relu(dense.unsqueeze(1) @ p.w1 + p.b1) @ p.w2 + p.b2).squeeze(1)
        assert (line - dense.sin()).abs().max().item() == pytest.approx(error, rel=5e-3)
