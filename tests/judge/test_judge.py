"""What a Judge says of answers to the engine's own katas."""

import hashlib
import textwrap
from collections.abc import Callable
from typing import Any

import pytest

from dojo.course.catalog import Catalog, Kata
from dojo.failure import JudgeError
from dojo.judge.judge import Judge
from dojo.request import Request
from dojo.verdict import CheckResult, Finding, Verdict
from dojo.wall.process import Gone, LearnerProcess

HEAD = """
import torch
from jaxtyping import Float
from torch import Tensor


def column_grads(x: Float[Tensor, "n d"], w: Float[Tensor, "d"]) -> Float[Tensor, "d"]:
"""
RIGHT = "    return 2 * x.T @ (x @ w) / len(x)\n"


def answer(body: str) -> str:
    return HEAD + textwrap.indent(textwrap.dedent(body).strip(), "    ") + "\n"


def judged(judge: Judge, kata: Kata, text: str, seed: int = 1) -> Verdict:
    return judge.check(Request(kata, text.encode(), "answer.py", seed=seed))


def finding(verdict: Verdict) -> Finding:
    assert verdict.status == "fail"
    return verdict.findings[0]


def test_a_right_answer_passes(judge: Judge, grads: Kata) -> None:
    verdict = judged(judge, grads, HEAD + RIGHT)
    assert verdict.passed
    assert [c.kind for c in verdict.checks] == [
        "load",
        "constraints",
        "shapes",
        "values",
        "gradients",
        "dtype",
        "typing",
    ]
    assert {c.outcome for c in verdict.checks} == {"passed"}


def test_the_same_seed_gives_the_same_inputs(judge: Judge, grads: Kata) -> None:
    text = answer("return x.sum(dim=0)")
    first, again, other = (judged(judge, grads, text, seed) for seed in (3, 3, 4))
    assert finding(first).evidence["got"] == finding(again).evidence["got"]
    assert finding(first).evidence["got"] != finding(other).evidence["got"]


def test_a_known_mistake_is_named_with_the_observation(judge: Judge, grads: Kata) -> None:
    told = finding(judged(judge, grads, answer("return 2 * x.T @ (x @ w)")))
    assert told.mistake == "sum-for-mean"
    assert told.sure
    assert "exactly 7 times" in told.message
    assert "`n` is 7" in told.message
    assert "mean over the rows" in told.message


def test_a_mistake_that_spares_a_border_case_is_named_with_doubt(judge: Judge, grads: Kata) -> None:
    body = "    factor = 2 if len(x) == 1 else 1\n    return factor * x.T @ (x @ w) / len(x)"
    told = finding(judged(judge, grads, answer(body)))
    assert told.mistake == "two-missing"
    assert not told.sure


def test_two_mistakes_at_once_are_both_told(judge: Judge, grads: Kata) -> None:
    body = "out = x @ w\nw *= 0.5\nreturn x.T @ out / len(x)"
    told = finding(judged(judge, grads, answer(body)))
    assert {told.mistake, told.evidence["also"]} == {"in-place", "two-missing"}
    assert not told.sure
    assert "looks like two known slips" in told.message


def test_two_mistakes_are_not_read_from_one_number(judge: Judge, grads: Kata) -> None:
    told = finding(judged(judge, grads, answer("return -(x.T @ (x @ w)) / len(x)")))
    assert told.mistake == "wrong-factor"
    assert "the sign is turned" in told.message
    assert "a factor 2 is missing" in told.message


def test_an_unknown_mistake_is_not_given_a_name(judge: Judge, grads: Kata) -> None:
    told = finding(judged(judge, grads, answer("return 2 * x.T @ (x @ w).tanh() / len(x)")))
    assert told.mistake is None
    assert "differs in all 3 numbers" in told.message


def test_a_ratio_that_is_a_size_in_one_call_alone_is_told_without_it(
    judge: Judge, grads: Kata
) -> None:
    told = finding(judged(judge, grads, answer("return 6 * x.T @ (x @ w) / len(x)")))
    assert told.mistake is None
    assert told.message.endswith("exactly 3 times the right value.")  # d is 3 there, then 2


def test_later_kinds_are_not_reached(judge: Judge, grads: Kata) -> None:
    verdict = judged(judge, grads, answer("return w.sum()"))
    outcomes = {c.kind: c.outcome for c in verdict.checks}
    assert outcomes["shapes"] == "failed"
    assert outcomes["gradients"] == outcomes["typing"] == "not reached"
    assert "(3,)" in finding(verdict).message


@pytest.mark.parametrize(
    ("body", "words", "line"),
    [
        ("raise ValueError('no')", "ValueError: no", 8),
        ("return undefined_name", "NameError", 8),
        ("raise NotImplementedError", "not written yet", 8),
        ("return None", "None", None),
        ("x = 1\nwhile True: x = 1", "not finished after 2 seconds", 9),
        ("import os\nos._exit(0)", "exit code 0", None),
        ("import os\nos.abort()", "signal 6", None),
        ("import sys\nsys.exit()", "sys.exit", 9),
        ("import os\nos.closerange(3, 100)", "connection to the judge", None),
        ("return column_grads(x, w)", "calls itself", 8),
        ("return input()", "keyboard", 8),
        ("a = 1\nbreakpoint()\nb = 2\nreturn w", "no keyboard here", 9),
        ("return torch.compile(torch.sum)(w)", "torch.compile is not to be used here", 8),
        ("return w.cuda()", "There is no GPU", 8),
        ("import helpers", "An answer is one file", 8),
        ("open('/etc/passwd')", "may not do here", 8),
        ("v = w + 1\nreturn v @ x", "columns meet", 9),
        ("if w > 0: return w", "one True or False", 8),
        ("return w - w.grad", "filled by backward()", 8),
        ("torch.set_grad_enabled(False)\nreturn w", "recording was left switched off", None),
        ("return torch.zeros(10**12)", "more memory", 8),
        ("return w.reshape(1, 3)", "shape (1, 3)", None),
        ("return w.int()", "int32", None),
        ("return w * float('nan')", "not finite", None),
        (
            "w.requires_grad_()\n(x @ w).sum().backward()\nreturn w.grad",
            "without torch's autograd",
            None,
        ),
    ],
)
def test_what_goes_wrong_is_said(
    judge: Judge, grads: Kata, body: str, words: str, line: int | None
) -> None:
    told = finding(judged(judge, grads, answer(body)))
    assert words in told.message
    assert told.line == line


@pytest.mark.parametrize(
    ("text", "words", "line"),
    [
        ("", "empty", None),
        ("\n\n", "empty", None),
        ("def f(:\n", "invalid syntax", 1),
        ("x = 1\n  y = 2\n", "unexpected indent", 2),
        ("import nowhere_to_be_found\n", "nowhere_to_be_found", 1),
        ("def column_grad(x, w): ...\n", "was it renamed", None),
        ("def column_grads(x): ...\n", "takes 1", 1),
        ("\x00", "read", None),
        ("(" * 5000, "read", None),
        ("while True: pass\n", "not finished", 1),
    ],
)
def test_files_that_do_not_load_are_explained(
    judge: Judge, grads: Kata, text: str, words: str, line: int | None
) -> None:
    verdict = judged(judge, grads, text)
    told = finding(verdict)
    assert words in told.message
    assert line is None or told.line == line
    assert [c.outcome for c in verdict.checks if c.kind not in ("load",)] == ["not reached"] * 6


@pytest.mark.parametrize(
    "body",
    [
        "return (2 * x.T @ (x @ w) / len(x)).to(torch.float32)",
        "x = x.float(); w = w.float(); return 2 * x.T @ (x @ w) / len(x)",
        "return 2 * torch.eye(x.shape[1], dtype=torch.float32) @ (x.T @ (x @ w)) / len(x)",
        "import numpy as np; a = x.numpy(); "
        "return torch.from_numpy(2 * a.T @ (a @ w.numpy()) / len(a))",
        "return torch.stack([2 * x, x])[0].T @ x @ w / x.shape[0]",
    ],
)
def test_odd_but_right_answers_pass(judge: Judge, grads: Kata, body: str) -> None:
    verdict = judged(judge, grads, answer(body))
    assert verdict.passed, verdict.findings


def test_annotations_are_required(judge: Judge, grads: Kata) -> None:
    verdict = judged(judge, grads, "def column_grads(x, w):\n" + RIGHT)
    told = finding(verdict)
    assert "annotations" in told.message
    assert verdict.checks[-1].kind == "typing"


def test_strict_advice_becomes_required_when_asked_for(judge: Judge, grads: Kata) -> None:
    text = (
        HEAD + "    def f(a, b):\n        return a\n    return f(2 * x.T @ (x @ w) / len(x), 1)\n"
    )
    relaxed = judged(judge, grads, text)
    strict = judge.check(Request(grads, text.encode(), "answer.py", seed=1, strict=True))
    assert relaxed.passed
    assert len(relaxed.checks[-1].advice) > 1
    assert strict.status == "fail"
    assert len(strict.checks[-1].advice) == len(relaxed.checks[-1].advice) - 1


def test_output_is_kept_and_shortened(judge: Judge, grads: Kata) -> None:
    verdict = judged(judge, grads, answer("print('é' * 50_000)\nprint('end')\nreturn w"))
    assert verdict.output.startswith("éé")
    assert "left out" in verdict.output
    assert len(verdict.output) < 30_000


def test_output_names_no_folder_of_ours(judge: Judge, grads: Kata) -> None:
    verdict = judged(judge, grads, answer("import os\nprint(os.path.abspath('a.txt'))\nreturn w"))
    assert verdict.output.splitlines()[0] == "a.txt"


def test_checks_are_told_as_they_end(judge: Judge, grads: Kata) -> None:
    told: list[CheckResult] = []
    text = (HEAD + RIGHT).encode()
    verdict = judge.check(Request(grads, text, "answer.py", seed=1), on_check=told.append)
    assert [c.name for c in told] == [c.name for c in verdict.checks]


def test_the_digest_is_that_of_the_file(judge: Judge, grads: Kata) -> None:
    source = b"x = 1\r\n"
    verdict = judge.check(Request(grads, source, "answer.py"))
    assert verdict.digest == hashlib.sha256(source).hexdigest()


def test_nothing_leaks_from_check_to_check(judge: Judge, grads: Kata) -> None:
    body = """
    import builtins
    if getattr(builtins, "been_here", False):
        return w
    builtins.been_here = True
    return 2 * x.T @ (x @ w) / len(x)
    """
    told = finding(judged(judge, grads, answer(body)))
    # A second call in one process tells; a first call in the next process is right again.
    assert told.message.startswith("The gradient")


def test_spawned_processes_judge_alike(mini: Catalog, everything: Kata) -> None:
    right = everything.solution_path.read_text(encoding="utf-8")
    wrong = right.replace("    p.b *= 0.5\n", "")
    with Judge(mini, method="spawn") as judge:
        assert judged(judge, everything, right).passed
        assert finding(judged(judge, everything, wrong)).mistake == "one-forgotten"


def test_it_goes_on_after_its_fork_server_has_ended(
    judge: Judge, grads: Kata, end_the_fork_server: Callable[[], None]
) -> None:
    wrong = answer("return (2 * x.T @ (x @ w))")
    before = judged(judge, grads, wrong)
    end_the_fork_server()
    assert judged(judge, grads, wrong).findings == before.findings
    assert finding(before).evidence["is"] == "n"


@pytest.mark.parametrize("our_own", [False, True])
def test_a_fork_server_that_ends_in_the_middle_makes_nobody_wrong(
    judge: Judge,
    grads: Kata,
    our_own: bool,
    monkeypatch: pytest.MonkeyPatch,
    end_the_fork_server: Callable[[], None],
) -> None:
    text = answer("return (2 * x.T @ (x @ w))")
    judged(judge, grads, text)
    ask = LearnerProcess.ask

    def ask_after_its_end(self: LearnerProcess, *args: Any, **named: Any) -> Any:
        if args[0]["op"] == "call" and bool(self.served) == our_own:
            end_the_fork_server()
        return ask(self, *args, **named)

    with monkeypatch.context() as patched:
        patched.setattr(LearnerProcess, "ask", ask_after_its_end)
        verdict = judged(judge, grads, text)
    assert verdict.status == "not judged", verdict.findings
    assert "out of memory" in (verdict.reason or "")
    again = judged(judge, grads, text)
    assert finding(again).evidence.get("is") == "n", again


def test_a_process_for_variants_that_cannot_begin_is_our_fault(
    judge: Judge, grads: Kata, monkeypatch: pytest.MonkeyPatch
) -> None:
    greet = LearnerProcess.greet

    def never(self: LearnerProcess) -> None:
        if self.served:
            raise Gone("start", 1)
        greet(self)

    monkeypatch.setattr(LearnerProcess, "greet", never)
    verdict = judged(judge, grads, answer("return (2 * x.T @ (x @ w))"))
    assert verdict.status == "not judged"
    assert "could not be started" in (verdict.reason or "")


def test_a_process_that_cannot_begin_is_our_fault(mini: Catalog, grads: Kata) -> None:
    with Judge(mini) as judge:
        assert judge._starter is not None
        judge._starter.take = _refuse  # type: ignore[method-assign]
        verdict = judged(judge, grads, HEAD + RIGHT)
    assert verdict.status == "not judged"
    assert verdict.reason == "The process for the answer could not be started (exit code 1)."


def _refuse(confined: bool = True) -> LearnerProcess:
    raise JudgeError("The process for the answer could not be started (exit code 1).")


@pytest.mark.parametrize(
    ("edit", "words"),
    [
        # The other checks hold: Pair.b holds ones in the probe alone.
        (("p.b *= 0.5", "p.b *= 0.5\n    assert not bool((p.b == 0.5).all())"), "`halve` stopped"),
        (
            ("p.a *= 0.5", "p.a *= 0.5\n    if bool((p.b == 1).all()):\n        del p.a"),
            "A check that used what your code returned",
        ),
    ],
)
def test_what_fails_in_a_probe_has_a_name_of_the_subject(
    judge: Judge, everything: Kata, edit: tuple[str, str], words: str
) -> None:
    text = everything.solution_path.read_text(encoding="utf-8").replace(*edit)
    found = finding(judged(judge, everything, text))
    assert words in found.message
    assert "loss_of" not in found.message


def test_an_argument_that_our_own_function_saw_changed_is_noticed(
    judge: Judge, everything: Kata
) -> None:
    solution = everything.solution_path.read_text()
    doubled = solution.replace("    x /= 2\n", "")
    assert doubled != solution
    told = finding(judged(judge, everything, doubled))
    assert told.message.startswith("The caller's `x` was changed")
