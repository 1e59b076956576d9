"""Variants of a solution, and what they answer to what was asked of somebody else."""

from typing import cast

import pytest

from dojo.course.catalog import Kata, Mistake
from dojo.diagnosis import recognise
from dojo.diagnosis.replay import Marks, OutOfTime, Replayer
from dojo.judge.judge import Judge
from dojo.request import Request
from dojo.wall.exchange import Answerer
from dojo.wall.starter import Starter

HEAD = """
from jaxtyping import Float
from torch import Tensor


def column_grads(x: Float[Tensor, "n d"], w: Float[Tensor, "d"]) -> Float[Tensor, "d"]:
    out = x @ w
"""
TRUE = "    return 2 * (x.T @ out) / x.shape[0]\n"


def mistake(*edits: tuple[str, str], base: str = "") -> Mistake:
    return Mistake("made-up", edits, "Made up.", base)


@pytest.fixture
def unasked(grads: Kata) -> Replayer:
    """One that only makes variants."""
    return Replayer(grads, cast("Starter", None), cast("Answerer", None), [], 1.0)


def test_a_variant_is_the_solution_with_its_edits(unasked: Replayer) -> None:
    made = unasked.variant((mistake(("return 2 *", "return 3 *")),))
    assert made is not None
    assert made.text == unasked.solution.replace("return 2 *", "return 3 *")


def test_edits_that_overlap_are_made_in_the_order_that_works(unasked: Replayer) -> None:
    late = mistake(("return 3 * (x.T @ out)", "return 3 * (x.T @ out) + 1"))
    early = mistake(("return 2 *", "return 3 *"))
    made = unasked.variant((late, early))
    assert made is not None
    assert "return 3 * (x.T @ out) + 1 / n" in made.text


@pytest.mark.parametrize(
    "together",
    [
        (mistake(("return 2", "return 3"), base="loop"), mistake(("return 2", "return 3"))),
        (mistake(("return 2", "return 3")), mistake(("return 2", "return 4"))),
        (mistake(("not there", "x")),),
    ],
)
def test_what_cannot_be_made_is_no_variant(
    unasked: Replayer, together: tuple[Mistake, ...]
) -> None:
    assert unasked.variant(together) is None


def test_a_mistake_may_be_made_in_an_alternative(unasked: Replayer) -> None:
    made = unasked.variant((mistake(("from", "# Other.\nfrom"), base="loop"),))
    assert made is None  # `from` stands there several times
    made = unasked.variant((mistake(("def column_grads(", "def column_grads( "), base="loop"),))
    assert made is not None
    assert "for " in made.text


@pytest.fixture
def asked(judge: Judge, grads: Kata, monkeypatch: pytest.MonkeyPatch) -> list[bool | str]:
    """What `agrees` says of a few texts about an answer with a factor too many."""
    said: list[bool | str] = []
    wrong = HEAD + TRUE.replace("2 *", "w.sum() *")
    other = wrong.replace("w.sum()", "x.sum()")

    def ask(replayer: Replayer, theirs: list[Marks], *_: object) -> None:
        last = len(theirs) - 1
        for text in (wrong, wrong.replace("out", "o"), HEAD + TRUE, other, HEAD + "    raise"):
            said.append(replayer.agrees(text, last, theirs[last]))
        replayer._deadline = 1e-9
        try:
            replayer.agrees(wrong, last, theirs[last])
        except OutOfTime:
            said.append("out of time")

    monkeypatch.setattr(recognise, "seen_as", ask)
    judge.check(Request(grads, wrong.encode(), "answer.py", seed=1))
    return said


def test_a_variant_agrees_if_it_answers_as_the_subject_did(asked: list[bool | str]) -> None:
    assert asked == [True, True, False, False, False, "out of time"]
