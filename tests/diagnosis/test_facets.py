"""What is one facet of a reply, and what is none."""

import math

import numpy as np
import pytest

from dojo.diagnosis.facets import Numbers, coarsened, equal, facets_of, simple


def test_returning_none_is_not_the_same_as_raising() -> None:
    returned = facets_of({"error": None, "value": None}, [])
    raised = facets_of({"error": {"type": "ValueError", "message": "no"}}, [])
    assert not equal(returned.get("value"), raised.get("value"))
    assert equal(returned["value"], facets_of({"error": None, "value": None}, [])["value"])


def _raised(kind: str, message: str, own: bool = False) -> object:
    return facets_of({"error": {"type": kind, "message": message, "own": own}}, [])["error"]


def test_errors_are_alike_in_their_whole_text_and_own_ones_in_their_type() -> None:
    assert equal(_raised("RuntimeError", "3x4"), _raised("RuntimeError", "3x4"))
    assert not equal(_raised("RuntimeError", "3x4"), _raised("RuntimeError", "7x8"))
    assert equal(_raised("ValueError", "no", True), _raised("ValueError", "never", True))
    assert not equal(_raised("ValueError", "", True), _raised("AssertionError", "", True))
    assert not equal(_raised("AssertionError", "no CUDA"), _raised("AssertionError", "", True))


def test_numbers_of_an_answer_in_single_precision_are_compared_as_such() -> None:
    exact, rounded = {"loss": 1 / 3}, {"loss": 0.3333333432674408}
    assert not equal(exact["loss"], rounded["loss"])
    assert equal(exact["loss"], coarsened(rounded)["loss"])
    assert equal(coarsened(rounded)["loss"], exact["loss"])
    assert not equal(coarsened({"loss": 0.334})["loss"], exact["loss"])
    assert coarsened({"shape": (2, 3)}) == {"shape": (2, 3)}


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (3.0, True),
        (1 / 60, True),
        (Numbers(np.array([0.05, 59 / 60, 7.0]), single=False), True),
        (Numbers(np.array([0.05, math.pi]), single=False), False),
        (0.1234567, False),
        ("a word", True),
    ],
)
def test_counts_and_shares_are_simple_and_other_numbers_are_not(value: object, told: bool) -> None:
    assert simple(value) == told
