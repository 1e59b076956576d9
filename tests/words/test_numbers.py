"""Numbers in sentences."""

import pytest

from dojo.words.numbers import apart, count, rounded


@pytest.mark.parametrize(
    ("got", "want", "texts"),
    [
        (0.5, 0.25, ("0.5", "0.25")),
        (0.2439291, 0.2439287, ("0.2439291", "0.2439287")),
        (1.0, 1.0, ("1", "1")),
        (float("nan"), 2.0, ("nan", "2")),
    ],
)
def test_two_numbers_are_told_apart(got: float, want: float, texts: tuple[str, str]) -> None:
    assert apart(got, want) == texts


def test_any_two_floats_are_told_apart() -> None:
    got, want = apart(0.1 + 0.2, 0.3)
    assert got != want


def test_noise_beside_larger_numbers_is_zero() -> None:
    assert rounded(5.59e-16, beside=1.0) == "0"
    assert rounded(5.59e-16, beside=1e-15) == "5.59e-16"


def test_a_noun_follows_its_number() -> None:
    assert [count(n, "row") for n in (0, 1, 2)] == ["0 rows", "1 row", "2 rows"]
    assert [count(n, "entry") for n in (1, 2)] == ["1 entry", "2 entries"]
    assert count(2, "way") == "2 ways"
