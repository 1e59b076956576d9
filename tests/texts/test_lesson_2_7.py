"""The numbers in the text of lesson 2.7, worked out again; each is read from the text itself."""

import re
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
import torch
from torch import nn

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "katas/lesson_2_7_recap/README.md").read_text(encoding="utf-8")
FLAT = " ".join(TEXT.split())


def said(pattern: str) -> list[float]:
    """The numbers that stand in the text where the pattern has groups; it occurs once."""
    found = re.findall(pattern, FLAT)
    assert len(found) == 1, f"{pattern!r} stands in the text {len(found)} times"
    groups = found[0] if isinstance(found[0], tuple) else (found[0],)
    return [float(g.replace(",", "")) for g in groups]


def row(start: str) -> list[float]:
    """The numbers behind the beginning of the one line that begins so."""
    (line,) = [x.strip() for x in TEXT.splitlines() if x.strip().startswith(start)]
    return [float(n) for n in re.findall(r"-?\d+(?:\.\d+)?", line.removeprefix(start))]


def count(*sizes: int) -> int:
    layers = [nn.Linear(a, b) for a, b in pairwise(sizes)]
    return sum(p.numel() for layer in layers for p in layer.parameters())


def test_the_table_of_parameters() -> None:
    rows = re.findall(r"^ +(\d+) +(\d+) +(\d+) +(\d+)$", TEXT, re.MULTILINE)
    layers = [[int(n) for n in numbers] for numbers in rows][:3]
    for d_in, d_out, weights, biases in layers:
        layer = nn.Linear(d_in, d_out)
        assert (weights, biases) == (layer.weight.numel(), layer.bias.numel())
    weights, biases, all_of_them = row("together")
    assert weights == sum(x[2] for x in layers)
    assert biases == sum(x[3] for x in layers)
    assert all_of_them == weights + biases == count(2, 16, 8, 1)
    units, deeper = said(r"One more hidden layer, of (\d) units before the output, makes it (\d+)")
    assert deeper == count(2, 16, 8, int(units), 1)


def test_units_are_not_layers() -> None:
    wide, deep = said(r"one layer of 16 units has (\d+) parameters; 16 layers .* have (\d+)")
    assert wide == count(2, 16, 1)
    assert deep == count(2, *[1] * 16, 1)


def test_what_relu_keeps() -> None:
    z = torch.tensor(row("z   "))
    assert row("relu(z)  ") == torch.relu(z).tolist()
    assert row("relu(-z)") == torch.relu(-z).tolist()


X = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
Y = torch.tensor([0.0, 1.0, 1.0, 0.0])


def cross_entropy(logits: torch.Tensor) -> float:
    return nn.functional.binary_cross_entropy_with_logits(logits, Y).item()


def test_a_lifted_unit_ends_where_the_text_says() -> None:
    lift, taken, end = said(r"relu\(z \+ (\d+)\) - (\d+), manages .* as z stays above (-\d+)")
    z = torch.tensor([end + 1, end - 1])
    assert (torch.relu(z + lift) - taken).tolist() == [end + 1, end]


def test_the_bends_that_make_xor() -> None:
    x1, x2 = X.T
    assert torch.equal(x1 + x2 - 2 * x1 * x2, Y)
    drawn = torch.relu(x1 + x2) - 2 * torch.relu(x1 + x2 - 1)
    assert row("relu(x1 + x2) - 2*relu(x1 + x2 - 1)") == drawn.tolist() == Y.tolist()


def test_the_lowest_loss_of_a_line() -> None:
    (each,) = said(r"every row costs ln 2 = ([\d.]+)\.")
    assert each == pytest.approx(cross_entropy(torch.zeros(4)), abs=5e-5)
    errors = torch.sigmoid(torch.zeros(4)) - Y
    assert said(r"There p - y is ([-\d.]+), ([-\d.]+), ([-\d.]+), ([\d.]+),") == errors.tolist()
    assert errors.sum() == 0
    assert (errors @ X).tolist() == [0, 0]


def test_the_line_with_three_right() -> None:
    loss, worst = said(
        r"gets three right and has the \*higher\* loss, ([\d.]+)\. .* costs (1\.\d+)"
    )
    z = X.sum(dim=1) - 0.5
    assert ((z > 0) == (Y > 0.5)).sum() == 3
    assert loss == pytest.approx(cross_entropy(z), abs=5e-5)
    costs = nn.functional.binary_cross_entropy_with_logits(z, Y, reduction="none")
    assert worst == pytest.approx(costs.max().item(), abs=5e-5)


def test_the_losses_of_the_stuck() -> None:
    sure = 40.0
    two_thirds = float(torch.logit(torch.tensor(2 / 3)))
    assert row("all four rows alike")[2] == pytest.approx(cross_entropy(torch.zeros(4)), abs=5e-5)
    three = cross_entropy(torch.tensor([-sure, two_thirds, two_thirds, two_thirds]))
    assert row("three alike, the fourth is right")[-1] == pytest.approx(three, abs=5e-5)
    two = cross_entropy(torch.tensor([-sure, sure, 0.0, 0.0]))
    assert row("two alike, one of each label")[-1] == pytest.approx(two, abs=5e-5)
    (mean,) = said(r"once, ([\d.]+) on average")
    assert mean * 3 / 4 == pytest.approx(three, abs=5e-5)


def test_the_loss_with_a_sigmoid_too_many() -> None:
    (loss,) = said(r"A loss that comes to rest at ([\d.]+) is another matter")
    assert loss == pytest.approx(cross_entropy(Y), abs=5e-5)


def _ends(units: int, bend: str, starts: int) -> torch.Tensor:
    """The losses of so many networks after 1,000 epochs with lr 1, all trained at once."""
    gen = torch.Generator().manual_seed(0)

    def drawn(inputs: int, *shape: int) -> torch.Tensor:
        """As nn.Linear draws: evenly, up to 1/sqrt(inputs) on both sides."""
        return (torch.rand(starts, *shape, generator=gen) * 2 - 1) / inputs**0.5

    numbers = [drawn(2, 2, units), drawn(2, 1, units), drawn(units, units, 1), drawn(units, 1, 1)]
    for t in numbers:
        t.requires_grad_()

    def losses() -> torch.Tensor:
        w1, b1, w2, b2 = numbers
        z = getattr(torch, bend)(X @ w1 + b1) @ w2 + b2
        each = nn.functional.binary_cross_entropy_with_logits(
            z.squeeze(2), Y.expand(starts, 4), reduction="none"
        )
        return each.mean(dim=1)

    for _ in range(1000):
        grads = torch.autograd.grad(losses().sum(), numbers)
        with torch.no_grad():
            for t, grad in zip(numbers, grads, strict=True):
                t -= grad
    return losses().detach()


@pytest.mark.parametrize(("units", "bend"), [(2, "relu"), (2, "tanh"), (4, "relu"), (8, "tanh")])
def test_how_often_networks_get_stuck(units: int, bend: str) -> None:
    ends = _ends(units, bend, 300)
    solved, *stuck = said(rf"{units} units, {bend} (\d+) % (\d+) % (\d+) % (\d+) %")
    found = [(ends < 0.05).float().mean()]
    found += [((ends - loss).abs() < 0.02).float().mean() for loss in (0.3466, 0.4774, 0.6931)]
    for share, percent in zip(found, (solved, *stuck), strict=True):
        # 300 starts of the 1,000 that the text is about: off by three deviations at most.
        spare = 3 * (percent / 100 * (1 - percent / 100) / 300) ** 0.5 + 0.01
        assert abs(share.item() - percent / 100) < spare


def test_a_budget_ends_in_the_middle() -> None:
    gen = torch.Generator().manual_seed(7)
    n, size, updates = said(r"With (\d+) rows, mini-batches of (\d+) and (\d+) updates")
    sizes: list[int] = []
    while len(sizes) < updates:
        order = torch.randperm(int(n), generator=gen)
        sizes += [len(part) for part in order.split(int(size))]
    told = [int(v) for v in said(r"(\d), (\d), (\d) (\d), (\d), (\d) (\d) two whole orders")]
    assert told == sizes[: int(updates)]


def _clouds_with(seed: int) -> dict[str, list[float]]:
    """The numbers that the file of 2.7.4 prints with this seed, by model."""
    path = ROOT / "solutions/lesson_2_7_recap/k4_fair_comparison.py"
    source = path.read_text(encoding="utf-8")
    assert source.count("manual_seed(0)\n") == 2
    source = source.replace("manual_seed(0)\n", f"manual_seed({seed})\n")
    words = [sys.executable, "-c", source]
    printed = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    lines = printed.splitlines()[1:]
    return {line[:16].strip(): [float(v) for v in line[16:].split()] for line in lines}


def test_what_the_comparison_prints() -> None:
    found = _clouds_with(0)
    assert len(found) == 4
    for name, numbers in found.items():
        told = re.findall(rf"^ +{name} +(\d+) +([\d.]+) +([\d.]+) +([\d.]+)$", TEXT, re.MULTILINE)
        assert [float(v) for v in told[0]] == pytest.approx(numbers, abs=0.01)
    relu, tanh = said(r"seed 1 .*, 8 relu units get ([\d.]+) and 8 tanh units ([\d.]+)\.")
    other = _clouds_with(1)
    assert relu == pytest.approx(other["8 units, relu"][-1], abs=0.01)
    assert tanh == pytest.approx(other["8 units, tanh"][-1], abs=0.01)
