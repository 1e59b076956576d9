"""Variants of a solution, and what they answer to what was asked of somebody else."""

from collections.abc import Callable, Mapping, Sequence
from types import SimpleNamespace
from typing import cast

import pytest

from dojo.course.catalog import Kata
from dojo.course.mistakes import Mistake
from dojo.diagnosis import recognise
from dojo.diagnosis.asking import Asker, OutOfTime
from dojo.diagnosis.replay import Marks, Replayer, Variant
from dojo.judge.judge import Judge
from dojo.request import Request
from dojo.suite.memory import Facets
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
    asker = Asker(grads.id, cast("Starter", None), cast("Answerer", None), [], 1.0)
    return Replayer(grads, asker)


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
        replayer.asker.budget = replayer.asker.spent / 2
        try:
            replayer.agrees(wrong, last, theirs[last])
        except OutOfTime:
            said.append("out of time")

    monkeypatch.setattr(recognise, "seen_as", ask)
    judge.check(Request(grads, wrong.encode(), "answer.py", seed=1))
    return said


def test_a_variant_agrees_if_it_answers_as_the_subject_did(asked: list[bool | str]) -> None:
    assert asked == [True, True, False, False, False, "out of time"]


class Answers:
    """Stands for an Asker: one conversation of three exchanges, whose answers are written down."""

    def __init__(self, by_text: Mapping[str, Sequence[Facets]]) -> None:
        self.talks = [SimpleNamespace(exchanges=[None] * 3)]
        self.asked: list[str] = []
        self._by_text = by_text

    def ask(
        self, text: str, _number: int, goes_on: Callable[[int, Facets], bool] | None = None
    ) -> dict[int, Facets]:
        out: dict[int, Facets] = {}
        for j, facets in enumerate(self._by_text[text]):
            self.asked.append(text)
            out[j] = facets
            if goes_on is not None and not goes_on(j, facets):
                break
        return out


def test_a_variant_is_asked_until_it_parts_from_the_subject_and_nothing_twice(grads: Kata) -> None:
    variant = Variant((mistake(),), "variant")
    solution = grads.solution_path.read_text(encoding="utf-8")
    right = [{"value": 1.0}, {"value": 2.0}, {"value": 3.0}]
    wrong = [{"value": 1.0}, {"value": 2.5}, {"value": 3.5}]
    asker = Answers({solution: right, "variant": wrong})
    replayer = Replayer(grads, cast("Asker", asker))
    second, third = {(0, 1, "value"): 2.5}, {(0, 2, "value"): 3.5}
    for _ in range(2):
        assert replayer.follow(variant, 0, lambda marks: not marks) == (second, False)
        assert asker.asked.count("variant") == 2
    assert replayer.follow(variant, 0, lambda _: True) == (second | third, True)
    assert replayer.marks(variant, [0]) == second | third
    assert asker.asked.count("variant") == 2 + 3
    assert asker.asked.count(solution) == 3


def test_a_variant_that_cannot_be_loaded_parts_there(grads: Kata) -> None:
    variant = Variant((mistake(),), "variant")
    solution = grads.solution_path.read_text(encoding="utf-8")
    asker = Answers({solution: [{"value": 1.0}] * 3})
    asker.ask = lambda text, *_: {0: {"error": "load"}} if text == "variant" else {}  # type: ignore[method-assign]
    replayer = Replayer(grads, cast("Asker", asker))
    marks = {(0, 0, "error"): "load"}
    assert replayer.follow(variant, 0, lambda marks: not marks) == (marks, False)
