"""A part of a suite once more as in a plain program, where torch's default dtype is float32.

Comparisons are exact in float64, so that is the default in which checks run first. It hides what
breaks in life: numbers from NumPy in front of a model in float32, `torch.zeros(n)` where float64
was promised. Which checks are repeated follows from what they asked, never from how long they
took: the same answer gets the same verdict on every machine.
"""

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from dojo.wall.dtypes import Dtypes

if TYPE_CHECKING:
    from dojo.suite.attempt import CheckRun

_PLAIN = (
    "So far torch made its numbers in float64 here. In a plain program it makes them in float32, "
)
_WORDS = {
    "promised": _PLAIN + "and this kata promises float64 there, too.",
    "raised": _PLAIN + "and there this happens:",
    "value": _PLAIN + "and there the result is wrong:",
}
_MIXED = (
    "A tensor that is made in a fixed dtype (NumPy's numbers come as float64, "
    "`dtype=torch.float64` says so) doesn't go together with the others there. Make it in the "
    "dtype of what it meets."
)


def choose(checks: "Sequence[CheckRun]", promised: bool) -> "list[CheckRun]":
    """Checks that together call all that the suite calls, with few questions for each.

    Those that compare numbers come first: they say more about a dtype than the others. None where
    no tensor goes there or back, unless float64 is promised: plain numbers can be made tensors.
    """
    able = [c for c in checks if c.kind in ("shapes", "values", "gradients") and c.again]
    able = [c for c in able if c.outcome == "passed" and _asked(c)]
    if not promised and not any(map(_sends_arrays, able)):
        return []
    chosen: list[CheckRun] = []
    covered: set[str] = set()
    while left := [c for c in able if not _asked(c) <= covered]:
        best = min(left, key=lambda c: (not c.compared, _questions(c) / len(_asked(c) - covered)))
        covered |= _asked(best)
        chosen.append(best)
    return chosen


def carry_out(chosen: "Sequence[CheckRun]", dtypes: Dtypes, name: str, title: str) -> "CheckRun":
    """Repeat the chosen checks in other dtypes; the first that fails tells what is wrong.

    Args:
        chosen: passed in float64.
        dtypes: of a plain program.
        name, title: of the check that they make together.
    """
    check = replace(chosen[0], name=name, title=title, kind="dtype", pictures=(), again=None)
    check.seconds = 0.0
    for one in chosen:
        assert one.again is not None
        again = one.again(dtypes)
        check.seconds += again.seconds
        if again.outcome == "passed" or _chose_default(again):
            continue
        check.outcome, check.error = again.outcome, again.error
        check.failed, check.conversation = again.failed, again.conversation
        _say_why(check, dtypes)
        break
    return check


def _asked(check: "CheckRun") -> set[str]:
    """The functions and classes that a check called; of methods, and of probes, one is all."""
    talk = check.conversation
    calls = [e.body for e in talk.exchanges] if talk is not None else []
    asked = [b for b in calls if b["op"] in ("call", "vjp", "probe")]
    return {
        "a probe" if b["op"] == "probe" else b["name"] if b.get("handle") is None else "a method"
        for b in asked
    }


def _sends_arrays(check: "CheckRun") -> bool:
    """Whether tensors or arrays were among its questions or answers."""
    talk = check.conversation
    calls = [e for e in talk.exchanges if e.body["op"] != "load"] if talk is not None else []
    return any(e.request.buffers or (e.answer and e.answer.buffers) for e in calls)


def _questions(check: "CheckRun") -> int:
    talk = check.conversation
    return sum(1 + len(e.callbacks) for e in talk.exchanges) if talk is not None else 0


def _chose_default(check: "CheckRun") -> bool:
    """Whether the file sets torch's default dtype at its top: a plain program has that one then."""
    failed = check.failed
    return failed is not None and failed.cause == "modes" and failed.kind == "load"


def _say_why(check: "CheckRun", dtypes: Dtypes) -> None:
    failed = check.failed
    if failed is None:
        return
    judged = failed.cause in ("value", "contract", "stated")
    why = "raised" if not judged else "value" if dtypes.single else "promised"
    parts = [_WORDS[why], failed.finding.message]
    if failed.dtype_trouble and failed.cause == "raised":
        parts.append(_MIXED)
    failed.finding = replace(
        failed.finding,
        message="\n".join(parts),
        evidence={**failed.finding.evidence, "everyday": why},
    )
