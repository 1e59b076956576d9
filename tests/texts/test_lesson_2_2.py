"""The numbers in the text of lesson 2.2, worked out again; each is read from the text itself."""

import importlib.util
import math
import re
from pathlib import Path
from types import ModuleType

import pytest
import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits

ROOT = Path(__file__).parents[2]
LESSON = "lesson_2_2_forward_and_backward"
TEXT = (ROOT / "katas" / LESSON / "README.md").read_text(encoding="utf-8")
FORWARD = ("z", "h", "logit", "yhat")
XOR = torch.tensor([[0.0, 0], [0, 1], [1, 0], [1, 1]], dtype=torch.float64)
XOR_Y = torch.tensor([[0.0], [1], [1], [0]], dtype=torch.float64)


def said(pattern: str) -> list[float]:
    """The numbers that stand in the text where the pattern has groups; it occurs once."""
    found = re.findall(pattern, TEXT)
    assert len(found) == 1, f"{pattern!r} stands in the text {len(found)} times"
    groups = found[0] if isinstance(found[0], tuple) else (found[0],)
    return [float(g.replace(",", "")) for g in groups]


def row(name: str) -> list[float]:
    """The numbers of a line of the worked example, which begins with a name."""
    found = re.findall(rf"^    {name} *=  (.*?)(?: +loss .*)?$", TEXT, re.M)
    assert len(found) == 1, name
    return [float(v) for v in re.findall(r"-?\d+\.\d+", found[0].rpartition("=")[2])]


def solution(name: str) -> ModuleType:
    spec = importlib.util.spec_from_file_location(name, ROOT / "solutions" / LESSON / f"{name}.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_slopes_of_activations() -> None:
    sigmoid, at, tanh, there = said(
        r"slope of the sigmoid is at most ([\d.]+) \(at a = ([\d.]+)\), "
        r"that of tanh at most (\d) \(at a = (\d)\)"
    )
    a = torch.linspace(-1, 1, 2001, dtype=torch.float64)
    ones = torch.ones_like(a)
    back = solution("k2_activation_backward")
    for slopes, most, where in (
        (back.sigmoid_back(a, ones), sigmoid, at),
        (back.tanh_back(a, ones), tanh, there),
    ):
        assert slopes.max().item() == pytest.approx(most)
        assert a[slopes.argmax()].item() == pytest.approx(where, abs=1e-9)


def test_what_a_probability_costs() -> None:
    costs = said(r"0\.99 for a 1 costs (\S+); p = 0\.01 costs (\d\.\d+)\.")
    for p, cost in zip((0.99, 0.01), costs, strict=True):
        assert cost == pytest.approx(-math.log(p), abs=5e-6)


@pytest.mark.parametrize("name", ["z", "h", "logit", "yhat", "dlogit", "dv", "dh", "dz"])
def test_the_worked_example(name: str) -> None:
    trace = solution("k3_xor_by_hand").xor_trace(torch.tensor([1.0, 0.0]), 1.0)
    want = torch.as_tensor(getattr(trace, name)).flatten().tolist()
    assert row(name) == pytest.approx(want, abs=1e-5 if name in FORWARD else 1.5e-6)


def test_the_other_inputs() -> None:
    (loss,) = said(r"yhat   =  0\.97020 +loss (\S+)")
    trace = solution("k3_xor_by_hand").xor_trace
    assert loss == pytest.approx(-math.log(trace(torch.tensor([1.0, 0.0]), 1.0).yhat), abs=1e-6)
    low, high = said(r"\(0, 0\) and \(1, 1\) give ([\d.]+), and \(0, 1\) gives ([\d.]+) again")
    for x, want in zip(XOR.float(), (low, high, high, low), strict=True):
        assert float(trace(x, 1.0).yhat) == pytest.approx(want, abs=1e-5)


def test_losses_of_points_that_look_alike() -> None:
    three, two = said(r"near a loss of ([\d.]+) or ([\d.]+), where three or two")
    (four,) = said(r"none of the four can, it is ([\d.]+)\.")
    assert four == pytest.approx(math.log(2), abs=1e-4)
    assert two == pytest.approx(math.log(2) / 2, abs=1e-4)
    shares = -(math.log(1 / 3) + 2 * math.log(2 / 3)) / 3
    assert three == pytest.approx(0.75 * shares, abs=1e-4)


def train(hidden: int, tanh: bool) -> Tensor:
    """The losses of 100 XOR networks, all trained side by side as the text says."""
    (epochs,) = said(r"sigmoids, lr 1, ([\d,]+) epochs")
    gen = torch.Generator().manual_seed(0)
    sizes = ((100, 2, hidden), (100, 1, hidden), (100, hidden, 1), (100, 1, 1))
    w1, b1, w2, b2 = (torch.randn(s, generator=gen, dtype=torch.float64) for s in sizes)
    bend = torch.tanh if tanh else torch.sigmoid
    threads = torch.get_num_threads()
    torch.set_num_threads(1)  # numbers so few are worked on faster by one
    for _ in range(int(epochs)):
        h = bend(XOR @ w1 + b1)
        error = (torch.sigmoid(h @ w2 + b2) - XOR_Y) / 4
        back = error @ w2.mT * (1 - h * h if tanh else h * (1 - h))
        w2 -= h.mT @ error
        b2 -= error.sum(dim=1, keepdim=True)
        w1 -= XOR.T @ back
        b1 -= back.sum(dim=1, keepdim=True)
    torch.set_num_threads(threads)
    logits = bend(XOR @ w1 + b1) @ w2 + b2
    each = binary_cross_entropy_with_logits(logits, XOR_Y.expand(100, 4, 1), reduction="none")
    return each.mean(dim=(1, 2))


def test_how_many_get_stuck() -> None:
    assert "about a third of 100 right programs get stuck" in TEXT
    losses = train(2, tanh=False)
    stuck = losses[losses > 0.3]
    assert 25 <= len(stuck) <= 42
    near = torch.stack([(stuck - v).abs() for v in (0.4774, 0.3466)]).amin(dim=0)
    assert near.max() < 0.02


def test_eight_units_succeed() -> None:
    assert "With 8 tanh units they all succeed." in TEXT
    assert train(8, tanh=True).max() < 0.05


def test_where_numbers_end() -> None:
    single, double = said(r"exactly 1 from z = (\d+) on, in float64 from (\d+) on")
    top, higher = said(r"infinite in float32 from (\d+) on, in float64 from (\d+) on")
    for dtype, one, end in ((torch.float32, single, top), (torch.float64, double, higher)):
        z = torch.tensor([one - 1, one, end - 1, end], dtype=dtype)
        assert (torch.sigmoid(z[:2]) == 1).tolist() == [False, True]
        assert z[2:].exp().isinf().tolist() == [False, True]


def test_what_a_cut_does() -> None:
    cut, most = said(r"with a cut at (\S+) no example can cost more than ([\d.]+),")
    assert most == pytest.approx(-math.log(cut), abs=5e-4)


def test_one_sigmoid_too_many() -> None:
    low, high = said(r"loss then lies between ([\d.]+) and ([\d.]+), and training")
    assert low == pytest.approx(math.log(1 + math.exp(-1)), abs=5e-5)
    assert high == pytest.approx(math.log(1 + math.exp(1)), abs=5e-5)


def test_the_row_to_check_with() -> None:
    module = solution("k5_two_layer_backprop")
    (b2,) = said(r"b2 = ([\d.]+)\.\n")
    w1, b1 = torch.tensor([[0.6, -1], [0.5, 1]]), torch.tensor([0, -2.5])
    w2, x = torch.tensor([[0.5], [3.0]]), torch.tensor([[1.0, 2.0]])
    z1, z2, h1, h2, logit, prob = said(
        r"z = \((\S+), (\S+)\) +h = \((\S+), (\S+)\) +logit = (\S+) +prob = (\S+)"
    )
    z = x @ w1 + b1
    assert z.flatten().tolist() == pytest.approx([z1, z2], abs=1e-6)
    assert z.relu().flatten().tolist() == pytest.approx([h1, h2], abs=1e-6)
    out = z.relu() @ w2 + b2
    assert out.item() == pytest.approx(logit, abs=1e-6)
    assert torch.sigmoid(out).item() == pytest.approx(prob, abs=1e-6)
    p = module.MlpParams(w1, b1, w2, torch.tensor([b2]))
    made = module.mlp_grads(x, torch.tensor([[1.0]]), p)
    for name, pattern in (
        ("w2", r"w2 gets \((\S+), (\S+)\), b2"),
        ("b2", r", b2 gets (-?[\d.]+)\n"),
        ("w1", r"w1 gets \(\((\S+), (\S+)\), \((\S+), (\S+)\)\), b1"),
        ("b1", r", b1 gets \((\S+), (\S+)\)\n"),
    ):
        assert getattr(made, name).flatten().tolist() == pytest.approx(said(pattern), abs=1e-6)


def test_ways_through_doublings() -> None:
    times, exponent = said(r"(\d+) times x \+ x has 2\^(\d+) of them")
    value = solution("k6_tiny_autograd").Value
    x = total = value(1.0)
    for _ in range(int(times)):
        total = total + total
    total.backward()
    assert x.grad == 2.0**exponent
