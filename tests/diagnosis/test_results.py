"""A factor is told of the results that have it, in all calls, and of no others."""

from collections.abc import Sequence
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest
import torch

from dojo.course.card import Words
from dojo.diagnosis.facets import Numbers
from dojo.diagnosis.replay import Marks
from dojo.diagnosis.results import Related, Results
from dojo.failure import Failed
from dojo.verdict import Finding
from dojo.wall.conversation import Conversation
from dojo.wire.codec import Encoder
from dojo.wire.values import Table

RIGHT = ([0.731, -2.25, 1.375], [0.4125, 3.875, -0.3125])
SIZES = (7.0, 4.0)
NAMED = Words({"grads": ("the derivative by w", "the derivative by b")}, {"factor n": "A mean."})
PLAIN = Words({}, {})


def marks(calls: Sequence[Sequence[Sequence[float]]]) -> Marks:
    """By call and result: the numbers."""
    return {
        (0, j, f"value[{i}]"): Numbers(np.array(numbers), single=False)
        for j, results in enumerate(calls)
        for i, numbers in enumerate(results)
    }


def times(result: Sequence[float], factor: float) -> list[float]:
    return [factor * x for x in result]


def related(
    factors: Sequence[tuple[float, float]], words: Words = NAMED, failing: int = 0
) -> Related | None:
    """What is told where two calls, with n = 7 and n = 4, gave these factors of both results."""
    theirs = marks([[times(r, c) for r, c in zip(RIGHT, f, strict=True)] for f in factors])
    exchanges = [
        SimpleNamespace(body={"op": "call", "name": "grads"}, knows={"n": n}) for n in SIZES
    ]
    talk = cast("Conversation", SimpleNamespace(exchanges=exchanges))
    wrong = theirs[0, 0, f"value[{failing}]"]
    got, want = torch.tensor(wrong.values), torch.tensor(RIGHT[failing])
    failed = Failed(Finding("wrong"), cause="value", got=got, want=want, name="the gradient")
    right = marks([RIGHT, RIGHT])
    results = Results([talk], [theirs], lambda _: right, words)
    found = results.wrong(failed, 0)
    return results.factor(found) if found is not None else None


@pytest.mark.parametrize(
    ("factors", "failing", "text"),
    [
        (
            [(7, 1), (4, 1)],
            0,
            "The derivative by w is exactly 7 times the right value, and `n` is 7 here. "
            "The derivative by b is right.",
        ),
        (
            [(1, 7), (1, 4)],
            1,
            "The derivative by b is exactly 7 times the right value, and `n` is 7 here. "
            "The derivative by w is right.",
        ),
        (
            [(7, 7), (4, 4)],
            0,
            "The derivative by w and the derivative by b are both exactly 7 times their right "
            "values, and `n` is 7 here.",
        ),
        (
            [(-1, -1), (-1, -1)],
            0,
            "The derivative by w and the derivative by b both have the right size but the "
            "opposite sign.",
        ),
        (
            [(7, 0.5), (4, 0.5)],
            0,
            "The derivative by w is exactly 7 times the right value, and `n` is 7 here.",
        ),
    ],
)
def test_a_factor_is_told_with_the_results_that_have_it(
    factors: Sequence[tuple[float, float]], failing: int, text: str
) -> None:
    told = related(factors, failing=failing)
    assert told is not None
    assert told.text == text


@pytest.mark.parametrize(
    ("factors", "text"),
    [
        (
            [(7, 1), (4, 1)],
            "The gradient is exactly 7 times the right value, and `n` is 7 here."
            " The other result is right.",
        ),
        ([(2, 2), (2, 2)], "The 2 results are both exactly 2 times"),
    ],
)
def test_without_names_results_are_counted(
    factors: Sequence[tuple[float, float]], text: str
) -> None:
    told = related(factors, PLAIN)
    assert told is not None
    assert told.text.startswith(text)


@pytest.mark.parametrize(
    "factors",
    [
        [(7, 1), (7, 1)],  # seven times, but n is 4 in the second call
        [(7, 1), (1, 1)],  # right there
        [(5.5, 1), (5.5, 1)],  # a factor that nothing explains
    ],
)
def test_what_does_not_hold_in_all_calls_is_not_told(
    factors: Sequence[tuple[float, float]],
) -> None:
    assert related(factors) is None


def test_the_card_says_what_a_factor_means() -> None:
    n, sign = related([(7, 1), (4, 1)]), related([(-1, 1), (-1, 1)])
    assert n is not None
    assert sign is not None
    assert (n.says, n.mistake, n.alone) == ("A mean.", "wrong-factor", True)
    assert (sign.says, sign.mistake) == ("", "opposite-sign")


def test_another_flaw_beside_a_factor_is_seen() -> None:
    told = related([(7, 0.5), (4, 0.5)])
    assert told is not None
    assert not told.alone


@pytest.mark.parametrize(("right", "told"), [(0.5, False), (0.51234, True)])
def test_one_round_number_has_a_factor_by_chance(right: float, told: bool) -> None:
    theirs, wanted = marks([[[2 * right]]]), marks([[[right]]])
    exchange = SimpleNamespace(body={"op": "call", "name": "rate"}, knows={})
    talk = cast("Conversation", SimpleNamespace(exchanges=[exchange]))
    got, want = (torch.from_numpy(m[0, 0, "value[0]"].values) for m in (theirs, wanted))
    failed = Failed(Finding("wrong"), cause="value", got=got, want=want, name="the rate")
    results = Results([talk], [theirs], lambda _: wanted, PLAIN)
    found = results.wrong(failed, 0)
    assert found is not None
    assert (results.factor(found) is not None) == told


@pytest.mark.parametrize(
    ("theirs", "words", "sentence"),
    [
        ((9.5, 2.5), PLAIN, " The other result is right."),
        ((9.5, 2.5), NAMED, " The derivative by b is right."),
        ((9.5, 2.5, 3.5), PLAIN, " The other 2 results of this call are right."),
        ((9.5, 8.5, 3.5), PLAIN, ""),
        ((9.5,), PLAIN, ""),
    ],
)
def test_the_right_results_beside_a_wrong_one_are_told(
    theirs: tuple[float, ...], words: Words, sentence: str
) -> None:
    right = marks([[[x] for x in (1.5, 2.5, 3.5)[: len(theirs)]]])
    exchange = SimpleNamespace(body={"op": "call", "name": "grads"}, knows={})
    talk = cast("Conversation", SimpleNamespace(exchanges=[exchange]))
    got = torch.tensor([9.5], dtype=torch.float64)
    failed = Failed(Finding("wrong"), cause="value", got=got)
    results = Results([talk], [marks([[[x] for x in theirs]])], lambda _: right, words)
    found = results.wrong(failed, 0)
    assert found is not None
    assert results.others(found) == sentence


@pytest.mark.parametrize(
    ("factors", "words"),
    [
        ((2, 2), "it is exactly 2 times as far as it should be, and there is a factor 2 too many."),
        ((-1, -1), "it is as far as it should be, but in the opposite direction."),
        ((7, 4), "it is exactly 7 times as far as it should be, and `n` is 7 here."),
        ((2, 3), None),
        ((2, None), None),
    ],
)
@pytest.mark.parametrize("rate", ["lr", "h"])
def test_a_factor_of_the_step_from_an_argument_is_told(
    factors: tuple[float, float | None], words: str | None, rate: str
) -> None:
    start, step = np.array([0.731, -2.25, 1.375]), np.array([0.4125, 3.875, -0.3125])
    theirs = marks([[(start + (c or 2) * step).tolist()] for c in factors])
    right = marks([[(start + step).tolist()] if c else [] for c in factors])
    encoder = Encoder(Table("j"), lambda _: None)
    node = encoder.encode(torch.from_numpy(start))
    body = {"op": "call", "name": "grads", "args": [node]}
    exchanges = [
        SimpleNamespace(body=body, request=encoder, knows={"n": n, rate: 0.3}) for n in SIZES
    ]
    talk = cast("Conversation", SimpleNamespace(exchanges=exchanges))
    got = torch.from_numpy(theirs[0, 0, "value[0]"].values)
    failed = Failed(Finding("It differs."), cause="value", got=got, name="the result")
    results = Results([talk], [theirs], lambda _: right, PLAIN)
    wrong = results.wrong(failed, 0)
    assert wrong is not None
    told = results.step(wrong)
    words = words if rate == "lr" else None
    assert (told and told.text) == (
        words and f"It differs. Measured from what was handed in, {words}"
    )
