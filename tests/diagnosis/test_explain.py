"""What a learner reads first, and how certain it is told."""

import pytest

from dojo.course.catalog import Catalog, Kata
from dojo.diagnosis.explain import Told, in_reading_order
from dojo.judge.judge import Judge
from dojo.request import Request
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
