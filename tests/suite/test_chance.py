"""Numbers in which chance has a part: how far is too far, and which mistake a number tells."""

import math
from collections.abc import Iterator

import pytest
import torch

from dojo.failure import Failed
from dojo.suite.chance import about, bell_shaped, first_good, moments

OTHERWISE = {"squared": 0.16, "unscaled": (1.0, 2.0), "missing": 0.0}


def test_a_number_within_what_is_spared_passes() -> None:
    about(0.41, 0.4, 0.02, "the spread")
    about(0.385, 0.4, 0.02, "the spread")


@pytest.mark.parametrize("got", [0.43, 0.37, math.nan, math.inf])
def test_a_number_beyond_what_is_spared_fails(got: float) -> None:
    with pytest.raises(Failed, match=r"The spread is .*; up to chance it should be 0\.4\."):
        about(got, 0.4, 0.02, "the spread")


@pytest.mark.parametrize(
    ("got", "mistake"),
    [
        (0.16, "squared"),
        (0.167, "squared"),
        (0.175, None),
        (1.03, "unscaled"),
        (1.95, "unscaled"),
        (0.0, "missing"),
        (0.01, None),
        (math.nan, None),
    ],
)
def test_the_mistake_that_gives_such_a_number_is_named(got: float, mistake: str | None) -> None:
    with pytest.raises(Failed) as caught:
        about(got, 0.4, 0.02, "the spread", OTHERWISE)
    assert caught.value.finding.mistake == mistake


def test_a_number_that_two_mistakes_give_names_neither() -> None:
    with pytest.raises(Failed) as caught:
        about(1.0, 0.4, 0.02, "the spread", {"a": 1.0, "b": 1.01})
    assert caught.value.finding.mistake is None


def test_a_number_hardly_beyond_chance_names_nothing() -> None:
    with pytest.raises(Failed) as caught:
        about(0.425, 0.4, 0.02, "the spread", {"a": 0.425})
    assert caught.value.finding.mistake is None


def test_as_many_digits_are_shown_as_tell_the_numbers_apart() -> None:
    with pytest.raises(Failed, match=r"is 0\.40001; up to chance it should be 0\.4\."):
        about(0.40001, 0.4, 1e-9, "the spread")


def test_moments_spare_what_so_many_normal_draws_need() -> None:
    source = torch.Generator().manual_seed(0)
    for n in (20, 300, 5000):
        for _ in range(200):
            moments(3 + 2 * torch.randn(n, generator=source, dtype=torch.float64), 3, 2, "x")


@pytest.mark.parametrize(
    ("scale", "shift", "told"),
    [(2.0, 3.4, "mean of x"), (2.4, 3.0, "standard deviation of x"), (2.4, 3.4, "mean of x")],
)
def test_moments_tell_the_mean_from_the_spread(scale: float, shift: float, told: str) -> None:
    source = torch.Generator().manual_seed(0)
    draws = torch.randn(40, 50, generator=source, dtype=torch.float64)
    with pytest.raises(Failed, match=told):
        moments(shift + scale * draws, 3, 2, "x")


def test_a_single_draw_has_no_spread() -> None:
    with pytest.raises(Failed, match="standard deviation of x is nan"):
        moments(torch.tensor([1.0]), 1, 2, "x")


def test_the_first_try_that_is_good_enough_is_taken() -> None:
    made: list[int] = []

    def tries() -> Iterator[int]:
        for k in (9, 3, 1, 2):
            made.append(k)
            yield k

    assert first_good(tries(), float, 4.0) == (3, 3.0)
    assert made == [9, 3]
    assert first_good(tries(), float, 0.5) == (1, 1.0)
    assert first_good([math.nan, 7.0, math.nan], float, 1.0) == (7.0, 7.0)


def test_where_the_spread_is_wrong_the_mean_is_not_told_for_it() -> None:
    wide = torch.tensor([-9.0, 10.0] * 200)
    with pytest.raises(Failed, match="The standard deviation of w1"):
        moments(wide, 0.0, 1.0, "w1")
    with pytest.raises(Failed, match="The mean of w1"):
        moments(wide + 30, 0.0, 1.0, "w1")


SOURCE = torch.Generator().manual_seed(5)
NORMAL = torch.randn(2400, generator=SOURCE)


@pytest.mark.parametrize("sample", [NORMAL, 3 + 0.1 * NORMAL, NORMAL[:24].reshape(4, 6)])
def test_normal_draws_have_the_form_of_a_bell(sample: torch.Tensor) -> None:
    bell_shaped(sample, "the noise", "not-normal")


@pytest.mark.parametrize(
    "sample", [torch.rand(2400, generator=SOURCE), NORMAL * NORMAL.flip(0), NORMAL.sign()]
)
def test_other_draws_have_another_form(sample: torch.Tensor) -> None:
    with pytest.raises(Failed, match="mean size of the noise in standard deviations") as caught:
        bell_shaped(sample, "the noise", "not-normal")
    assert caught.value.finding.mistake == "not-normal"


def test_draws_that_are_not_finite_have_no_form() -> None:
    with pytest.raises(Failed) as caught:
        bell_shaped(torch.full((9,), math.nan), "the noise", "not-normal")
    assert caught.value.finding.mistake is None
