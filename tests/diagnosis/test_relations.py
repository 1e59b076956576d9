"""Numeric relations: each is recognised, none where there is none."""

import pytest
import torch
from torch import Tensor

from dojo.diagnosis.relations import Compared, find_relation

WANT = torch.tensor([[1.0, -2.0, 0.5], [3.0, 0.25, -1.5]], dtype=torch.float64)
SQUARE = torch.tensor([[1.0, 2.0], [3.0, 5.0]], dtype=torch.float64)
KNOWS = {"n": 32.0, "d": 3.0, "lr": 0.1}


@pytest.mark.parametrize(
    ("got", "want", "words"),
    [
        (WANT * 32, WANT, "exactly 32 times the right value, and `n` is 32 here"),
        (WANT / 32, WANT, "that is 1/`n`"),
        (WANT * 2, WANT, "a factor 2 too many"),
        (WANT / 2, WANT, "a factor 2 is missing"),
        (-WANT, WANT, "opposite sign"),
        (WANT * 16, WANT, "half of `n`"),
        (WANT * 0.1, WANT, "`lr` is 0.1 here"),
        (WANT * 10, WANT, "1/`lr`"),
        (WANT * 32 / 31, WANT, "`n`/(`n` - 1)"),
        (WANT * 5.5, WANT, "exactly 5.5 times the right value."),
        (SQUARE.T, SQUARE, "transposed"),
        (torch.arange(5.0).flip(0), torch.arange(5.0), "reverse order"),
        (torch.tensor([2.0, 5.0, 1.0]), torch.tensor([1.0, 2.0, 5.0]), "wrong order"),
        (torch.tensor([9.0, 4, 1, 7, 2]), torch.tensor([3.0, 9, 4, 1, 7]), "too early"),
        (torch.tensor([3.0, 9, 4, 1, 7]), torch.tensor([9.0, 4, 1, 7, 2]), "too late"),
        (WANT + 4, WANT, "4 too large"),
        (WANT - 4, WANT, "4 too small"),
        (WANT * 0, WANT, "zero everywhere"),
        (WANT.float().double() * (1 + 1e-7), WANT, "float32"),
    ],
)
def test_recognised(got: Tensor, want: Tensor, words: str) -> None:
    relation = find_relation(got.double(), want.double(), "the gradient", KNOWS)
    assert relation is not None
    assert words in relation.text
    assert relation.text.startswith("The gradient")


@pytest.mark.parametrize(
    ("got", "want"),
    [
        (torch.tensor([1.0, 2.0, 3.1]), torch.tensor([1.0, 2.0, 3.5])),
        (torch.tensor([7.3]), torch.tensor([1.9])),
        (torch.tensor([1.0, float("nan")]), torch.tensor([1.0, 2.0])),
        (torch.tensor([1.0, 2.0]), torch.tensor([0.0, 0.0])),
        (torch.zeros(0), torch.zeros(0)),
        (WANT**2, WANT),
    ],
)
def test_nothing_is_made_up(got: Tensor, want: Tensor) -> None:
    assert find_relation(got.double(), want.double(), "x", KNOWS) is None


@pytest.mark.parametrize(
    ("ratio", "knows"),
    [(1.5, {"d": 3.0}), (4.0, {"d": 2.0}), (1.5, {"n": 3.0}), (2 / 3, {"d": 3.0})],
)
def test_simple_factors_are_no_part_of_a_small_size(ratio: float, knows: dict[str, float]) -> None:
    relation = find_relation(WANT * ratio, WANT, "the gradient", knows)
    assert relation is not None
    assert relation.evidence["is"] == ""


def test_a_factor_of_two_is_none_of_the_sizes() -> None:
    relation = find_relation(WANT * 2, WANT, "the gradient", {"d": 2.0})
    assert relation is not None
    assert "a factor 2 too many" in relation.text


def test_what_a_factor_is_has_to_hold_elsewhere_too() -> None:
    def told(peer: Tensor, n: float) -> str:
        peers = [Compared(peer, WANT, {"n": n})]
        relation = find_relation(WANT * 7, WANT, "the gradient", {"n": 7.0}, peers)
        assert relation is not None
        return relation.text

    assert "`n` is 7 here" in told(WANT * 5, 5.0)
    assert told(WANT * 7, 5.0) == "The gradient is exactly 7 times the right value."
    assert "`n` is 7 here" in told(WANT + 1, 5.0)  # no factor there


def test_one_round_number_tells_no_size_but_an_odd_one_does() -> None:
    def relation(want: float) -> object:
        number = torch.tensor([want], dtype=torch.float64)
        return find_relation(7 * number, number, "the loss", {"n": 7.0})

    assert relation(0.25) is None
    assert relation(0.7316493) is not None


def test_both_a_sign_and_a_factor_are_told() -> None:
    relation = find_relation(WANT / -2, WANT, "the gradient", {})
    assert relation is not None
    assert "the sign is turned and a factor 2 is missing" in relation.text


@pytest.mark.parametrize(
    ("named", "knows", "words"),
    [
        (True, {}, ", and `n` is 7 here."),
        (True, {"n": 6.0}, "times the right value."),
        (False, {}, "times the right value."),
    ],
)
def test_a_name_is_told_unless_something_speaks_against_it(
    named: bool, knows: dict[str, float], words: str
) -> None:
    peers = [Compared(WANT * 3, WANT, knows)]
    relation = find_relation(WANT * 7, WANT, "the gradient", {"n": 7.0}, peers, named)
    assert relation is not None
    assert relation.text.endswith(words)
