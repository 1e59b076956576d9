"""The solution with one step changed: named where it answers alike, in words that doubt."""

import ast
from collections import Counter
from types import SimpleNamespace
from typing import cast

import numpy as np
import pytest

from dojo.course.catalog import Kata
from dojo.diagnosis.facets import Numbers
from dojo.diagnosis.replay import Marks, Replayer
from dojo.diagnosis.seems import Once, changed, seen_as, sight_of
from dojo.judge.judge import Judge
from dojo.operators import OPERATORS, changes
from dojo.request import Request
from dojo.verdict import Finding

HEAD = """
import torch
from jaxtyping import Float
from torch import Tensor


def column_grads(x: Float[Tensor, "n d"], w: Float[Tensor, "d"]) -> Float[Tensor, "d"]:
    """


@pytest.mark.parametrize(
    ("operator", "code", "ids"),
    [
        ("sum for mean", "x.mean()", ["sum-in-place-of-mean"]),
        ("sum for mean", "x.sum()", ["mean-in-place-of-sum"]),
        ("operator swapped", "a + b", ["sign-turned"]),
        ("operator swapped", "a * b", ["times-for-divided", "plus-for-times"]),
        ("operator swapped", "a / b", ["divided-for-times"]),
        ("= for +=", "x += y", ["overwritten", "sign-turned", "new-for-changed"]),
        ("term dropped", "a + b", ["part-missing", "part-missing"]),
        ("result zero", "return x.mean()", [None]),
        ("call dropped", "y = x.mean()", ["step-missing"]),
        ("call dropped", "p.grad.zero_()", ["step-missing", None]),
    ],
)
def test_a_change_looks_like_something(operator: str, code: str, ids: list[str | None]) -> None:
    sights = [sight_of(c) for c in changes(code, [OPERATORS[operator]])]
    assert [s and s.id for s in sights] == ids


def test_a_kata_is_changed_in_the_learners_part_alone(grads: Kata) -> None:
    made = [*changed(grads.solution_path.read_text(encoding="utf-8"))]
    assert len(made) > 10
    assert len(Counter(text for _, text in made)) == len(made)
    for _, text in made:
        assert "def column_grads(x: Float[Tensor, 'n d'], w: Float[Tensor, 'd'])" in text
        ast.parse(text)


def test_changes_are_made_when_they_are_asked_for_and_once() -> None:
    made: list[int] = []

    def make(i: int) -> int:
        made.append(i)
        return i + 10

    items = Once(map(make, range(3)))
    assert next(iter(items)) == 10
    assert made == [0]
    assert (list(items), list(items), made) == ([10, 11, 12], [10, 11, 12], [0, 1, 2])


def first(judge: Judge, kata: Kata, body: str) -> Finding:
    verdict = judge.check(Request(kata, f"{HEAD}{body}\n".encode(), "answer.py", seed=3))
    assert verdict.status == "fail"
    return verdict.findings[0]


@pytest.mark.parametrize(
    ("body", "mistake", "words"),
    [
        ("return len(x) / (2 * (x.T @ (x @ w)))", "sides-turned", "This looks as if two things"),
        ("return len(x) / (2 * (x.T @ (x @ w))) + 1e-6", None, "differs in all"),
    ],
)
def test_what_no_card_names_is_told_as_what_it_looks_like(
    judge: Judge, grads: Kata, body: str, mistake: str | None, words: str
) -> None:
    told = first(judge, grads, body)
    assert told.mistake == mistake
    assert words in told.message
    assert not (told.mistake and told.sure)


@pytest.mark.parametrize(
    ("value", "fitting", "named"),
    [
        (Numbers(np.array([0.25, 0.5]), single=False), "a * a", False),
        (Numbers(np.array([0.25, 0.5]), single=False), "sum", True),
        (Numbers(np.array([0.1234567, 0.7654321]), single=False), "a * a", True),
    ],
)
def test_of_counts_and_shares_nothing_is_told_that_could_be_something_else(
    value: Numbers, fitting: str, named: bool
) -> None:
    source = "def f(a):\n    return (a + a * a).mean()\n"

    def agrees(text: str, *_: object) -> bool:
        return fitting in text

    def marks(*_: object) -> Marks:
        return {(0, 0, "value"): value}

    asker = SimpleNamespace(spent=0.0)
    replayer = SimpleNamespace(solution=source, asker=asker, agrees=agrees, marks=marks)
    found = seen_as(cast("Replayer", replayer), [{}], [0], [0])
    assert (found is not None) == named
