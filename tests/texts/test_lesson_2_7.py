"""The numbers in the text of lesson 2.7, worked out again; each is read from the text itself."""

import re
from itertools import pairwise
from pathlib import Path

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
