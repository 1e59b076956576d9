"""Which variant explains some answers, and how certainly; on tables of answers, without judging."""

from collections.abc import Callable, Iterable
from types import SimpleNamespace
from typing import Any, cast

import numpy as np
import pytest

from dojo.course.mistakes import Mistake
from dojo.diagnosis.facets import Numbers
from dojo.diagnosis.replay import Marks, Replayer, Variant
from dojo.diagnosis.search import Found, Search

RIGHT = (1.5, 2.5)


def numbers(*values: float) -> Numbers:
    return Numbers(np.array(values), single=False)


def answers(*texts: dict[str, Any]) -> list[Marks]:
    """By conversation, one exchange in each: its facets."""
    return [{(i, 0, name): v for name, v in facets.items()} for i, facets in enumerate(texts)]


class Table:
    """Stands for a Replayer: what each variant answers is written down.

    ``a.1`` and ``a.2`` are two ways to make the mistake ``a``.
    """

    solution = "solution"

    def __init__(self, right: list[Marks], variants: dict[str, list[Marks]]) -> None:
        self._known = {self.solution: right, **variants}
        ways = [((name, ""),) for name in variants if "+" not in name]
        made = tuple(Mistake(edits[0][0].partition(".")[0], edits, "words") for edits in ways)
        self.kata = SimpleNamespace(mistakes=lambda: made)
        exchange = SimpleNamespace(body={"name": "f"})
        self.asker = SimpleNamespace(spent=0.0)
        self.talks = [SimpleNamespace(exchanges=[exchange] * 4) for _ in right]

    def variant(self, mistakes: tuple[Mistake, ...]) -> Variant | None:
        text = "+".join(m.edits[0][0] for m in mistakes)
        return Variant(mistakes, text) if text in self._known else None

    def answers(self, text: str, number: int) -> Marks:
        return self._known[text][number]

    def marks(self, variant: Variant, wanted: Iterable[int]) -> Marks:
        out: Marks = {}
        for i in wanted:
            mine, right = self.answers(variant.text, i), self.answers(self.solution, i)
            out |= {k: mine.get(k) for k in mine | right if repr(mine.get(k)) != repr(right.get(k))}
        return out

    def follow(
        self, variant: Variant, number: int, has: Callable[[Marks], bool]
    ) -> tuple[Marks, bool]:
        marks = self.marks(variant, [number])
        return marks, has(marks)


def found(table: Table, theirs: list[Marks], failing: list[int]) -> Found | None:
    return Search(cast("Replayer", table), theirs, failing, set()).find()


OK = {"value": numbers(*RIGHT)}
A = {"value": numbers(3.5, 7.25)}
B = {"value": numbers(9.5, 0.25)}
STOPPED = {"error": ("RuntimeError", False, "3x4")}


def test_a_mistake_that_explains_everything_is_certain() -> None:
    table = Table(answers(OK, OK), {"a": answers(A, OK), "b": answers(B, OK)})
    told = found(table, answers(A, OK), [0])
    assert told is not None
    assert (told.variant.text, told.sure) == ("a", True)


def test_one_that_leaves_a_failed_check_unexplained_is_not() -> None:
    table = Table(answers(OK, OK), {"a": answers(A, OK)})
    told = found(table, answers(A, B), [0, 1])
    assert told is not None
    assert (told.variant.text, told.sure) == ("a", False)


def test_what_does_not_explain_the_first_failure_is_not_told() -> None:
    table = Table(answers(OK, OK), {"a": answers(OK, A)})
    assert found(table, answers(B, A), [0, 1]) is None


def test_an_error_names_the_one_mistake_that_makes_it_and_only_as_likely() -> None:
    table = Table(answers(OK), {"a": answers(STOPPED), "b": answers(B)})
    told = found(table, answers(STOPPED), [0])
    assert told is not None
    assert (told.variant.text, told.sure) == ("a", False)


def test_an_error_that_two_mistakes_make_names_none() -> None:
    table = Table(answers(OK), {"a": answers(STOPPED), "b": answers(STOPPED)})
    assert found(table, answers(STOPPED), [0]) is None


def test_an_error_that_one_mistake_makes_in_two_ways_names_it() -> None:
    table = Table(answers(OK), {"a.1": answers(STOPPED), "a.2": answers(STOPPED)})
    told = found(table, answers(STOPPED), [0])
    assert told is not None
    assert [m.id for m in told.variant.mistakes] == ["a"]


def test_another_error_of_the_same_type_names_none() -> None:
    table = Table(answers(OK), {"a": answers(STOPPED)})
    other = {"error": ("RuntimeError", False, "7x8")}
    assert found(table, answers(other), [0]) is None


def test_two_mistakes_need_a_mark_each() -> None:
    both = {"value": numbers(3.5, 7.25), "argument 0": numbers(4.5, 5.5)}
    right = {"value": numbers(*RIGHT), "argument 0": numbers(1.25, 2.25)}
    one = {**right, "value": both["value"]}
    other = {**right, "argument 0": both["argument 0"]}
    variants = {"a": answers(one), "b": answers(other), "a+b": answers(both)}
    told = found(Table(answers(right), variants), answers(both), [0])
    assert told is not None
    assert (told.variant.text, told.sure) == ("a+b", False)


def test_two_mistakes_are_not_told_of_one_number() -> None:
    variants = {"a": answers(A), "b": answers(B), "a+b": answers({"value": numbers(8.5, 6.5)})}
    table = Table(answers(OK), variants)
    assert found(table, answers({"value": numbers(8.5, 6.5)}), [0]) is None


def test_a_truth_value_makes_nothing_certain() -> None:
    table = Table(answers({"value": True}), {"a": answers({"value": False})})
    told = found(table, answers({"value": False}), [0])
    assert told is not None
    assert (told.variant.text, told.sure) == ("a", False)


def test_a_style_of_ones_own_takes_no_certainty_away() -> None:
    right, wrong = {**OK, "value leaf": True}, {**A, "value leaf": True}
    table = Table(answers(right), {"a": answers(wrong)})
    told = found(table, answers({**A, "value leaf": False}), [0])
    assert told is not None
    assert told.sure


def test_an_error_beside_another_flaw_names_none() -> None:
    table = Table(answers(OK, OK), {"a": answers(STOPPED, OK)})
    assert found(table, answers(STOPPED, B), [0]) is None


def test_two_mistakes_are_never_told_of_errors() -> None:
    right = {"value": numbers(*RIGHT), "argument 0": numbers(1.25, 2.25)}
    changed = {**right, "argument 0": numbers(4.5, 5.5)}
    variants = {
        "a": answers(STOPPED, right),
        "b": answers(right, changed),
        "a+b": answers(STOPPED, changed),
    }
    assert found(Table(answers(right, right), variants), answers(STOPPED, changed), [0, 1]) is None


def test_zeros_make_nothing_certain() -> None:
    zeros = {"value": numbers(0.0, 0.0)}
    told = found(Table(answers(OK), {"a": answers(zeros)}), answers(zeros), [0])
    assert told is not None
    assert not told.sure


def test_a_mistake_without_words_is_not_looked_for() -> None:
    table = Table(answers(OK), {"a": answers(A)})
    table.kata = SimpleNamespace(mistakes=lambda: (Mistake("a", (), "", relation="factor n"),))
    assert found(table, answers(A), [0]) is None


def test_one_made_in_some_functions_while_others_are_right_is_told_in_part() -> None:
    table = Table(answers(OK, OK), {"a": answers(A, A)})
    table.talks = [SimpleNamespace(exchanges=[SimpleNamespace(body={"name": n})]) for n in "fg"]
    told = found(table, answers(A, OK), [0])
    assert told is not None
    assert (told.variant.text, told.sure, told.partly) == ("a", False, True)


def test_what_failed_without_a_question_is_sought_where_answers_differ() -> None:
    table = Table(answers(OK, OK), {"a": answers(OK, A)})
    told = found(table, answers(OK, A), [])
    assert told is not None
    assert told.variant.text == "a"


def test_where_all_answers_are_right_no_variant_is_asked() -> None:
    table = Table(answers(OK), {"a": answers(A)})
    table.variant = None  # type: ignore[method-assign, assignment]
    assert found(table, answers(OK), []) is None


def test_what_failed_without_a_question_may_be_a_matter_of_form() -> None:
    right, wrong = {**OK, "value kind": "tuple"}, {**OK, "value kind": "list"}
    table = Table(answers(right), {"a": answers(wrong)})
    told = found(table, answers(wrong), [])
    assert told is not None
    assert told.variant.text == "a"


@pytest.mark.parametrize(("second", "told"), [(RIGHT, False), ((9.5, 8.5), True)])
def test_a_mistake_that_fits_in_part_is_told_only_if_the_first_difference_is_its_own(
    second: tuple[float, float], told: bool
) -> None:
    def calls(*results: tuple[float, float]) -> list[Marks]:
        return [{(0, j, "value"): numbers(*r) for j, r in enumerate(results)}]

    right, wrong = RIGHT, (3.5, 7.25)
    variant = calls(right, second, wrong)
    theirs = calls(right, (9.5, 8.5), wrong)
    theirs[0][0, 3, "value"] = numbers(6.5, 4.5)  # which no mistake explains
    table = Table(calls(right, right, right), {"a": variant})
    assert (found(table, theirs, [0]) is not None) == told
