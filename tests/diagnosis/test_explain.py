"""What a learner reads first, and how certain it is told."""

from dataclasses import replace
from types import SimpleNamespace
from typing import cast

import pytest
import torch

from dojo.course.catalog import Catalog, Kata
from dojo.course.mistakes import Mistake
from dojo.diagnosis.explain import Told, _told, in_reading_order
from dojo.diagnosis.recognise import Recognised, Seen
from dojo.diagnosis.results import Related
from dojo.failure import Failed
from dojo.judge.judge import Judge
from dojo.request import Request
from dojo.suite.attempt import CheckRun
from dojo.verdict import CheckResult, Finding, Kind, Outcome, Verdict


def result(
    name: str, kind: Kind, outcome: Outcome, clarity: int = 0
) -> tuple[CheckResult, Told | None]:
    finding = Finding(name)
    told = Told(finding, clarity) if outcome == "failed" else None
    return CheckResult(name, name, kind, outcome, finding if told else None), told


def test_clear_words_come_first_within_a_kind_and_what_passed_stays() -> None:
    checks = [
        result("shape", "shapes", "failed", 2),
        result("fact", "values", "failed", 2),
        result("right", "values", "passed"),
        result("likely", "values", "failed", 1),
        result("sure", "values", "failed", 0),
        result("other fact", "values", "failed", 2),
    ]
    names = [c.name for c in in_reading_order(checks)]
    assert names == ["shape", "sure", "right", "likely", "fact", "other fact"]


CHECK = cast(
    "CheckRun",
    SimpleNamespace(name="grads", failed=Failed(Finding("wrong"), "value"), conversation=None),
)
SLIP = Mistake("slip", (("a", "b"),), "A slip.")
OTHER = Mistake("other", (("c", "d"),), "Another.")
STEP = Mistake("sign-turned", (), "This looks as if a sign were turned.")
FACTOR = Related("b is 7 times.", "A mean.", "wrong-factor", {"is": "n"}, alone=True)
IN_PART = replace(FACTOR, alone=False)


def explained_by(*mistakes: Mistake, sure: bool = True) -> Recognised:
    return Recognised(mistakes, sure, frozenset({"grads"}))


@pytest.mark.parametrize(
    ("related", "found", "message", "sure", "clarity"),
    [
        (FACTOR, None, "b is 7 times.\nA mean.", True, 0),
        (IN_PART, None, "b is 7 times.\nA mean.", True, 1),
        (replace(FACTOR, says=""), None, "b is 7 times.", True, 0),
        (FACTOR, explained_by(SLIP), "b is 7 times.\nA slip.", True, 0),
        (FACTOR, explained_by(SLIP, sure=False), "b is 7 times.\nA mean.", True, 0),
        (
            FACTOR,
            explained_by(SLIP, OTHER, sure=False),
            "b is 7 times.\nThis looks like two known slips together. A slip.\nAnother.",
            False,
            1,
        ),
        (
            None,
            explained_by(SLIP, sure=False),
            "wrong\nThis looks like a known slip. A slip.",
            False,
            1,
        ),
        (
            None,
            explained_by(STEP, sure=False),
            "wrong\nThis looks as if a sign were turned.",
            False,
            1,
        ),
        (None, None, "wrong", True, 2),
    ],
)
def test_what_explains_most_is_told_and_facts_before_what_fits_in_part(
    related: Related | None, found: Recognised | None, message: str, sure: bool, clarity: int
) -> None:
    seen = Seen(found, related={"grads": related} if related else {})
    told = _told(CHECK, [], None, seen, [])
    assert (told.finding.message, told.finding.sure, told.clarity) == (message, sure, clarity)


def test_a_mistake_that_the_suite_states_is_told_unless_the_answers_contradict() -> None:
    borne, doubted = Seen(), Seen(doubtful=frozenset({"grads"}))
    told = [_told(CHECK, [], SLIP, seen, []) for seen in (borne, doubted)]
    assert [(t.finding.mistake, t.finding.sure, t.clarity) for t in told] == [
        ("slip", True, 0),
        ("slip", False, 2),
    ]


HEAD = """
from jaxtyping import Float
from torch import Tensor


def column_grads(x: Float[Tensor, "n d"], w: Float[Tensor, "d"]) -> Float[Tensor, "d"]:
"""


def judged(judge: Judge, kata: Kata, body: str) -> Verdict:
    lines = "".join(f"    {line}\n" for line in body.splitlines())
    return judge.check(Request(kata, (HEAD + lines).encode(), "answer.py", seed=1))


def first(verdict: Verdict) -> Finding:
    assert verdict.status == "fail"
    return verdict.findings[0]


@pytest.mark.parametrize(
    ("body", "mistake"),
    [
        ("return w * 0", "same-for-all"),
        ("return w", "input-returned"),
        ("return w * 0 + 3.25", "same-for-all"),
        ("return w / 0 * 0", "not-a-number"),
    ],
)
def test_answers_that_prove_no_slip_have_names_of_their_own(
    judge: Judge, grads: Kata, body: str, mistake: str
) -> None:
    assert first(judged(judge, grads, body)).mistake == mistake


def test_a_constant_answer_is_told_with_its_number(judge: Judge, grads: Kata) -> None:
    told = first(judged(judge, grads, "return w * 0 + 3.25"))
    assert "`column_grads` gave nothing but 3.25" in told.message


def test_a_mistake_that_explains_one_failed_check_only_is_not_certain(
    judge: Judge, grads: Kata
) -> None:
    body = "w *= 0.5\nreturn 2 * x.T @ (x @ w).tanh() / len(x)"
    told = first(judged(judge, grads, body))
    assert not (told.mistake == "in-place" and told.sure)


def test_the_error_of_an_answer_is_never_a_mistake_of_the_card(
    judge: Judge, everything: Kata
) -> None:
    text = everything.solution_path.read_text(encoding="utf-8")
    broken = text.replace("self.total += len(x)", "self.total += len(x) / 0")
    told = first(judge.check(Request(everything, broken.encode(), "answer.py", seed=1)))
    assert told.mistake == "division-by-zero"
    assert told.sure


def test_a_method_that_returns_nothing_is_told_so(judge: Judge, everything: Kata) -> None:
    text = everything.solution_path.read_text(encoding="utf-8")
    text = text.replace("return self.total", "self.total")
    told = first(judge.check(Request(everything, text.encode(), "answer.py", seed=1)))
    assert told.mistake == "nothing-returned"


def test_what_a_card_lists_is_named_first(judge: Judge, mini: Catalog) -> None:
    for kata in (mini.kata("9.1.1"), mini.kata("9.1.2")):
        solution = kata.solution_path.read_text(encoding="utf-8")
        for mistake in kata.mistakes():
            text = solution
            for old, new in mistake.edits:
                text = text.replace(old, new)
            told = first(judge.check(Request(kata, text.encode(), "answer.py", seed=1)))
            assert (told.mistake, told.sure) == (mistake.id, True)


def test_a_factor_that_other_calls_do_not_have_is_told_without_a_name() -> None:
    twice = torch.tensor([3.25, 0.5, 7.125]).double()
    failed = Failed(Finding("wrong"), "value", got=2 * twice, want=twice, name="the slope")
    check = cast("CheckRun", SimpleNamespace(name="grads", failed=failed, conversation=None))
    seen = [Seen(), Seen(related={"grads": None})]
    told = [_told(check, [], None, s, []).finding for s in seen]
    words = "The slope is exactly 2 times the right value"
    assert [t.message for t in told] == [f"{words}, and there is a factor 2 too many.", f"{words}."]
    assert [t.mistake for t in told] == ["wrong-factor", None]
