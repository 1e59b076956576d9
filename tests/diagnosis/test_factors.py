"""Factors with a name: each is found, evaluated, and told in words."""

import pytest

from dojo.diagnosis.factors import factors, value_of

KNOWS = {"n": 32.0, "lr": 0.1, "d": 3.0}


@pytest.mark.parametrize(
    ("ratio", "key", "words"),
    [
        (32.0, "n", "`n` is 32 here"),
        (1 / 32, "1/n", "that is 1/`n`: `n` is 32 here"),
        (-32.0, "-n", "`n` is 32 here (with the sign turned)"),
        (-1 / 32, "-1/n", "that is minus 1/`n`: `n` is 32 here"),
        (64.0, "2*n", "that is 2 times `n`: `n` is 32 here"),
        (16.0, "n/2", "that is half of `n`: `n` is 32 here"),
        (1 / 16, "2/n", "that is 2 times 1/`n`: `n` is 32 here"),
        (1 / 64, "1/(2*n)", "that is half of 1/`n`: `n` is 32 here"),
        (32 / 31, "n/(n-1)", "that is `n`/(`n` - 1): `n` is 32 here"),
        (10.0, "1/lr", "that is 1/`lr`: `lr` is 0.1 here"),
        (2.0, "2", "there is a factor 2 too many"),
        (-0.5, "-1/2", "the sign is turned and a factor 2 is missing"),
        (-1.0, "-1", "the sign is turned"),
    ],
)
def test_a_factor_has_a_name_and_words(ratio: float, key: str, words: str) -> None:
    first = next(factors(ratio, KNOWS))
    assert (first.key, first.words) == (key, words)
    assert value_of(first.key, KNOWS) == pytest.approx(ratio)


@pytest.mark.parametrize("ratio", [1.5, 6.0, 2 / 3, 1.00001, 31.999])
def test_no_name_is_made_up(ratio: float) -> None:
    assert list(factors(ratio, KNOWS)) == []


def test_all_names_of_a_factor_are_told_the_plainest_first() -> None:
    assert [f.key for f in factors(7.0, {"n": 7.0, "d": 7.0, "m": 14.0})] == ["n", "d", "m/2"]


def test_a_factor_is_unknown_where_its_size_is() -> None:
    assert value_of("1/n", {"d": 3.0}) is None
    assert value_of("n/(n-1)", {"n": 1.0}) is None
