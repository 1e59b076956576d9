"""The exceptions by which a check ends, and the words for what went wrong in the subject's code."""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from dojo.judge.process import Gone
from dojo.verdict import Evidence, Finding, Kind
from dojo.words.raised import Raised, explain_raised

Cause = Literal[
    "value", "contract", "raised", "hang", "gone", "missing", "modes", "forbidden", "stated"
]


FORBIDDEN_WORDS = {
    "autograd": "This kata wants the derivatives worked out by hand, but torch's autograd "
    "was used (backward(), grad() or a relative of theirs).",
    "optim": "This kata wants the update written by hand, but a torch.optim optimizer was used.",
    "nn": "This kata wants the layers written by hand, but a torch.nn module was used.",
    "activations": "This kata wants the activation written by hand, but one of torch's own was "
    "used (relu, sigmoid, tanh, softmax or a relative of theirs).",
    "losses": "This kata wants the loss written by hand, but one of torch's loss functions was "
    "used.",
}


class JudgeError(Exception):
    """Our fault: the verdict is 'not judged' and the text says why."""


@dataclass
class Failed(AssertionError):
    """A check failed.

    Attributes:
        finding: what the learner reads if nothing better is found out.
        cause: what sort of failure it is.
        got, want, name: for a value: what was compared.
        knows: numbers that the call knows by name (sizes, lr, ...), for naming a ratio.
        dtype_trouble: it may be due to the dtype alone.
        kind: the kind it belongs to, if not the check's own.
        raised: the exception of the subject, if that is what happened.
    """

    finding: Finding
    cause: Cause = "stated"
    got: Any = None
    want: Any = None
    name: str = ""
    knows: Mapping[str, float] = field(default_factory=dict)
    dtype_trouble: bool = False
    kind: Kind | None = None
    raised: Raised | None = None

    def __str__(self) -> str:
        where = f" (line {self.finding.line})" if self.finding.line else ""
        return f"{self.finding.message}{where}"

    __hash__ = AssertionError.__hash__


def raised_finding(raised: Raised, function: str, source: list[str]) -> Finding:
    """The finding for an exception of the subject's code, explained by itself at its line."""
    told = explain_raised(raised, function, source)
    line = told.line
    text = source[line - 1].strip() if line and line <= len(source) else None
    return Finding(
        message=told.message,
        mistake=told.mistake,
        line=line,
        source=text,
        evidence={"exception": raised.type},
    )


def is_dtype_trouble(raised: Raised) -> bool:
    """Whether an exception may come from float32 and float64 meeting."""
    return bool(re.search(r"dtype|Double|Float\b|scalar type", raised.message))


def gone_finding(gone: Gone, function: str, seconds: float, source: list[str]) -> Finding:
    """The finding for a learner process that ended, hung or sent nonsense.

    Raises:
        JudgeError: it never began, which is our fault.
    """
    name = f"`{function}`" if function else "Your file"
    match gone.reason:
        case "hang":
            line = gone.line
            text = source[line - 1].strip() if line and line <= len(source) else None
            where = " This line was still running." if line else ""
            message = (
                f"{name} had not finished after {seconds:g} seconds and was stopped.{where} "
                "A loop that never ends?"
            )
            return Finding(message, line=line, source=text, evidence={"seconds": seconds})
        case "exit":
            message = (
                f"{name} ended its own process (exit code {gone.code}) instead of returning: "
                "os._exit or the like."
            )
        case "signal":
            message = (
                f"The process crashed while {name} was running (signal {gone.code}): "
                "out of memory, beyond its CPU time, or a fault inside a library."
            )
        case "frame":
            message = (
                f"{name} disturbed the connection to the judge (it closed or wrote to it), "
                "so nothing more could be learned from it."
            )
        case "start":
            raise JudgeError(
                f"The process for the answer could not be started (exit code {gone.code})."
            )
    return Finding(message, evidence={"ended": gone.reason, "code": gone.code or 0})


def evidence_of(**numbers: Any) -> Evidence:
    """Only what JSON can carry, without the noise of the last digits."""
    out: dict[str, float | int | str | bool] = {}
    for key, value in numbers.items():
        if isinstance(value, (bool, int, str)):
            out[key] = value
        elif isinstance(value, float):
            out[key] = float(f"{value:.12g}")
    return out


def missing_finding(name: str, names: Sequence[str]) -> Finding:
    """The finding for a name that the stub asks for and the file doesn't define."""
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    hint = f" There is `{near[0]}`: was it renamed?" if near else ""
    return Finding(
        f"Your file doesn't define `{name}`, which this kata asks for.{hint}",
        evidence=evidence_of(missing=name),
    )
