"""The numbers in the text of lesson 2.5, worked out again; each is read from the text itself."""

import re
from pathlib import Path
from typing import Any

import pytest
import torch

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "katas/lesson_2_5_data_pipelines/README.md").read_text(encoding="utf-8")
FLAT = " ".join(TEXT.split())


def said(pattern: str) -> list[float]:
    """The numbers that stand in the text where the pattern has groups; it occurs once."""
    found = re.findall(pattern, FLAT)
    assert len(found) == 1, f"{pattern!r} stands in the text {len(found)} times"
    groups = found[0] if isinstance(found[0], tuple) else (found[0],)
    return [float(g) for g in groups]


def test_a_loop_ends_with_an_index_error() -> None:
    class Squares:
        def __len__(self) -> int:
            return 3

        def __getitem__(self, i: int) -> int:
            if not 0 <= i < 3:
                raise IndexError(i)
            return i * i

    length, last = said(r"len\(ds\), ds\[2\] (\d), (\d)")
    listed = said(r"list\(ds\) \[(\d), (\d), (\d)\]")
    assert (len(Squares()), Squares()[2]) == (length, last)
    squares: Any = Squares()  # a loop needs no more, whatever types say
    assert list(squares) == listed


def test_round_and_int() -> None:
    value, rounded, again, cut = said(r"`round\(([\d.]+)\)` is (\d), `int\(([\d.]+)\)` is (\d)")
    assert (round(value), int(again)) == (rounded, cut)
    (rows,) = said(r"A tenth of (\d) rows, rounded, is 0 rows")
    assert round(0.1 * rows) == 0


def test_standardizing_with_the_right_numbers_and_with_the_wrong_ones() -> None:
    train = torch.tensor(said(r"With 3 values (\d), (\d), (\d):"), dtype=torch.float64)
    mean, *squares, variance, std = said(
        r"the mean is (\d), the squared distances are (\d), (\d), (\d), "
        r"their mean is ([\d.]+), its root ([\d.]+)\."
    )
    assert train.mean().item() == mean
    assert (train - mean).square().tolist() == squares
    assert round(train.var(correction=0).item(), 2) == variance
    assert round(train.std(correction=0).item(), 2) == std
    scaled = said(r"So 2, 4, 6 become (-?[\d.]+), (\d), ([\d.]+)\.")
    right = (train - train.mean()) / train.std(correction=0)
    assert [round(v, 2) for v in right.tolist()] == scaled

    val = torch.tensor(said(r"the validation part (\d+), (\d+), (\d+)\."), dtype=torch.float64)
    theirs = said(
        r"with the training part's numbers: 8, 10, 12 become ([\d.]+), ([\d.]+), ([\d.]+)"
    )
    assert [round(v, 2) for v in ((val - mean) / train.std(correction=0)).tolist()] == theirs
    own = said(r"with its own: 8, 10, 12 become (-?[\d.]+), (\d), ([\d.]+)")
    assert [round(v, 2) for v in ((val - val.mean()) / val.std(correction=0)).tolist()] == own
    by_two, by_three = said(r"With 3 rows that is (\d) instead of ([\d.]+)\.")
    assert train.std().item() == pytest.approx(by_two)
    assert by_three == std


def test_codes_lead_back() -> None:
    labels = torch.tensor(said(r"labels (\d), (\d), (\d), (\d) classes"))
    classes = said(r"classes (\d), (\d), (\d) sorted")
    codes = said(r"codes (\d), (\d), (\d), (\d) classes\[1\]")
    known, places = torch.unique(labels, return_inverse=True)
    assert known.tolist() == classes
    assert places.tolist() == codes
    rows = re.search(r"here ((?:[01] ){2}[01](?:, (?:[01] ){2}[01]){3})\.", FLAT)
    assert rows is not None
    table = [[int(v) for v in row.split()] for row in rows[1].split(", ")]
    assert torch.eye(3)[places].int().tolist() == table


def test_means_over_unequal_mini_batches() -> None:
    right, wrong = said(r"have the mean ([\d.]+), and the mean of the three means is ([\d.]+)\.")
    losses = torch.arange(70, dtype=torch.float64)
    assert losses.mean().item() == right
    means = torch.stack([part.mean() for part in losses.split(32)])
    assert round(means.mean().item(), 2) == wrong
    told, rows, share = said(r"0 of 6 right are (\d+) of (\d+), ([\d.]+), and not two thirds")
    assert (told, rows) == (32 + 32 + 0, 32 + 32 + 6)
    assert round(told / rows, 2) == share
