"""The part of a suite that is carried out once more where float32 is torch's default."""

import dataclasses
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest
import torch

from dojo.course.catalog import Kata, load
from dojo.judge.judge import Judge
from dojo.request import Request
from dojo.suite.attempt import CheckRun
from dojo.suite.compare import Comparison
from dojo.suite.everyday import choose
from dojo.verdict import CheckResult, Verdict
from dojo.wall.conversation import Conversation

ROOT = Path(__file__).resolve().parents[2]
HEAD = """
import numpy as np
import torch
from jaxtyping import Float
from torch import Tensor
{top}

def column_grads(x: Float[Tensor, "n d"], w: Float[Tensor, "d"]) -> Float[Tensor, "d"]:
    {body}
"""
RIGHT = "return 2 * x.T @ (x @ w) / len(x)"


def judged(judge: Judge, kata: Kata, body: str, top: str = "") -> Verdict:
    return judge.check(Request(kata, HEAD.format(body=body, top=top).encode(), "answer.py", seed=1))


def row(verdict: Verdict) -> CheckResult:
    (found,) = [c for c in verdict.checks if c.kind == "dtype"]
    return found


def test_what_raises_where_float32_is_the_default_fails(judge: Judge, grads: Kata) -> None:
    body = "return 2 * torch.from_numpy(np.asarray(x, dtype=float)).T @ (x @ w) / len(x)"
    verdict = judged(judge, grads, body)
    assert [c.kind for c in verdict.checks if c.outcome == "failed"] == ["dtype"]
    told = verdict.findings[0]
    assert told.mistake == "mixed-dtypes"
    assert told.line == 9
    assert "In a plain program" in told.message
    assert "same dtype" in told.message


def test_what_is_wrong_in_float32_alone_fails(judge: Judge, grads: Kata) -> None:
    body = "x = x * 1e-42 * 1e21 * 1e21; return 2 * x.T @ (x @ w) / len(x)"  # few digits are left
    verdict = judged(judge, grads, body)
    assert [c.kind for c in verdict.checks if c.outcome == "failed"] == ["dtype"]
    assert verdict.findings[0].mistake == "imprecise-in-float32"


@pytest.mark.parametrize("promised", [True, False])
def test_a_promised_float64_is_kept(judge: Judge, grads: Kata, promised: bool) -> None:
    kata = dataclasses.replace(grads, dtype="float64" if promised else "")
    body = "g = torch.zeros(len(w)); g += 2 * x.T @ (x @ w) / len(x); return g"
    verdict = judged(judge, kata, body)
    assert verdict.passed is not promised
    if promised:
        assert row(verdict).outcome == "failed"
        assert verdict.findings[0].mistake == "float64-lost"


@pytest.mark.parametrize("promised", [True, False])
@pytest.mark.parametrize(
    ("top", "body"),
    [
        ("", RIGHT),
        ("", "return (2 * x.T @ (x @ w) / len(x)).double()"),
        ("", "x, w = x.double(), w.double(); return 2 * x.T @ (x @ w) / len(x)"),
        ("torch.set_default_dtype(torch.float64)", RIGHT),
    ],
)
def test_right_answers_pass_in_both(
    judge: Judge, grads: Kata, promised: bool, top: str, body: str
) -> None:
    kata = dataclasses.replace(grads, dtype="float64" if promised else "")
    verdict = judged(judge, kata, body, top)
    assert verdict.passed, verdict.findings
    assert row(verdict).outcome == "passed"


def test_after_another_failure_it_is_not_reached(judge: Judge, grads: Kata) -> None:
    assert row(judged(judge, grads, "return x.T @ (x @ w)")).outcome == "not reached"


def test_a_kata_without_tensors_has_no_such_check(judge: Judge) -> None:
    kata = load(ROOT).kata("2.3.5")
    verdict = judge.check(Request(kata, kata.solution_path.read_bytes(), "answer.py", seed=1))
    assert verdict.passed
    assert "dtype" not in {c.kind for c in verdict.checks}


def test_plain_floats_that_were_tensors_meanwhile_are_noticed(judge: Judge) -> None:
    kata = load(ROOT).kata("1.5.4")
    source = kata.solution_path.read_text(encoding="utf-8")
    slip = source + "\n\n_exact = errors_by_step\n\n\ndef errors_by_step(f, df, x, steps):\n"
    slip += "    import torch\n    x = torch.tensor(x).item()\n    return _exact(f, df, x, steps)\n"
    verdict = judge.check(Request(kata, slip.encode(), "answer.py", seed=1))
    assert [c.kind for c in verdict.checks if c.outcome == "failed"] == ["dtype"]


@pytest.mark.parametrize("number", [1, 3, 4, 5, 6])
def test_katas_whose_stub_promises_float64_say_so_on_their_cards(number: int) -> None:
    kata = load(ROOT).kata(f"1.5.{number}")
    assert "float64" in kata.solution_path.read_text(encoding="utf-8")
    assert kata.dtype == "float64"


def test_one_check_is_repeated_rather_than_two_that_ask_more_together() -> None:
    checks = [_asking("f", 3), _asking("g", 3), _asking("fg", 4), _asking("f", 9)]
    assert choose(checks, promised=False) == [checks[2]]


def test_of_checks_that_ask_the_same_the_shortest_is_repeated() -> None:
    checks = [_asking("f", 5), _asking("f", 2), _asking("g", 3)]
    assert choose(checks, promised=False) == checks[1:]


def _asking(names: str, questions: int) -> CheckRun:
    """A check that has passed, and called these functions in turn."""
    exchange = [
        SimpleNamespace(
            body={"op": "call", "name": names[k % len(names)], "handle": None},
            callbacks=[],
            request=SimpleNamespace(buffers=[b"numbers"]),
            answer=None,
        )
        for k in range(questions)
    ]
    check = CheckRun(
        "name", "title", "values", compared=[Comparison("x", torch.ones(1), torch.ones(1))]
    )
    check.conversation = cast(Conversation, SimpleNamespace(exchanges=exchange))
    check.again = lambda _: check
    return check
