"""The numbers in the text of lesson 2.3, worked out again; each is read from the text itself."""

import math
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import torch
from torch import Tensor

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "katas/lesson_2_3_from_scratch/README.md").read_text(encoding="utf-8")
DOUBLE = torch.float64


def said(pattern: str) -> list[float]:
    """The numbers that stand in the text where the pattern has groups; it occurs once."""
    found = re.findall(pattern, TEXT)
    assert len(found) == 1, f"{pattern!r} stands in the text {len(found)} times"
    groups = found[0] if isinstance(found[0], tuple) else (found[0],)
    return [float(g.replace(",", "")) for g in groups]


@pytest.fixture(autouse=True)
def one_thread() -> Iterator[None]:
    """The tables here are too small to be shared among threads."""
    threads = torch.get_num_threads()
    torch.set_num_threads(1)
    yield
    torch.set_num_threads(threads)


def uniform(source: torch.Generator, *shape: int) -> Tensor:
    return 2 * torch.rand(*shape, generator=source, dtype=DOUBLE) - 1


def losses_of_relu_nets(
    x: Tensor, units: int, lr: float, epochs: int, starts: int = 12
) -> list[float]:
    """The losses of so many networks on the sine, trained beside each other."""
    source = torch.Generator().manual_seed(0)
    y, n = torch.sin(x), len(x)
    w1, b1 = uniform(source, starts, 1, units), uniform(source, starts, 1, units)
    w2 = uniform(source, starts, units, 1) / math.sqrt(units)
    b2 = uniform(source, starts, 1, 1) / math.sqrt(units)
    for _ in range(epochs):
        a = torch.relu(x @ w1 + b1)
        g = 2 * (a @ w2 + b2 - y) / n
        dz = g @ w2.mT * (a > 0)
        w2, b2 = w2 - lr * a.mT @ g, b2 - lr * g.sum(dim=1, keepdim=True)
        w1, b1 = w1 - lr * x.T @ dz, b1 - lr * dz.sum(dim=1, keepdim=True)
    return (torch.relu(x @ w1 + b1) @ w2 + b2 - y).square().mean(dim=(1, 2)).tolist()


def test_ten_bends_never_get_below_the_threshold() -> None:
    (threshold,) = said(r'"Train until the loss is below ([\d.]+)"')
    units, lr, epochs, _, low, high, zero = said(
        r"On \[-2 pi, 2 pi\], with (\d+) ReLU units, lr ([\d.]+) and ([\d,]+) epochs, the rule "
        r"never triggers: over (\d+) starts the final loss lay between ([\d.]+) and ([\d.]+) "
        r"\(always answering zero gives ([\d.]+)\)"
    )
    x = torch.linspace(-2 * math.pi, 2 * math.pi, 100, dtype=DOUBLE).unsqueeze(1)
    # Some starts of as many as were measured, at as many points.
    losses = losses_of_relu_nets(x, int(units), lr, int(epochs))
    assert all(low <= loss <= high for loss in losses)
    assert min(losses) > 10 * threshold
    assert zero == pytest.approx(torch.sin(x).square().mean().item(), abs=0.01)


def test_noise_is_what_the_true_sine_is_off_by() -> None:
    std, shown, variance = said(
        r"noise of standard deviation ([\d.]+) in the targets, even the true sine has a loss of "
        r"([\d.]+)\^2 = (\d+\.\d+)"
    )
    assert std == shown
    assert variance == pytest.approx(std**2)


def test_what_a_straight_line_reaches() -> None:
    (reached,) = said(r"below what a straight line reaches \(about ([\d.]+) for one wave")
    x = torch.linspace(-math.pi, math.pi, 1000, dtype=DOUBLE)
    columns = torch.stack([x, torch.ones_like(x)], dim=1)
    best = torch.linalg.lstsq(columns, torch.sin(x).unsqueeze(1)).solution
    loss = (columns @ best - torch.sin(x).unsqueeze(1)).square().mean().item()
    assert reached == pytest.approx(loss, abs=0.01)


def test_how_much_smaller_the_second_layer_starts() -> None:
    units, times = said(r"With (\d+) hidden units the second layer starts (\d+) times smaller")
    # 1/sqrt(k): the first layer has one input, the second has all hidden units.
    assert math.sqrt(1) / math.sqrt(1 / units) == times


def test_the_slope_of_tanh_by_its_own_value() -> None:
    assert "act'(z) = 1 - tanh(z)^2 = 1 - a^2" in TEXT
    z = torch.linspace(-3, 3, 7, dtype=DOUBLE, requires_grad=True)
    a = torch.tanh(z)
    (slope,) = torch.autograd.grad(a.sum(), z)
    assert torch.allclose(slope, 1 - a**2)


LOOKS: tuple[Callable[[Tensor], Tensor], ...] = (
    lambda t: t[:3],
    lambda t: t.T,
    torch.Tensor.detach,
    lambda t: t,
)


@pytest.mark.parametrize("look", LOOKS)
def test_which_tensors_are_looks_at_the_same_numbers(look: Callable[[Tensor], Tensor]) -> None:
    assert "a slice `t[:3]`, `t.T`, `t.detach()`, a second name" in TEXT
    t = torch.zeros(4, 4)
    look(t).clone().add_(1)
    assert not t.any()
    look(t).add_(1)
    assert t.any()
