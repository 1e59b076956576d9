"""The exceptions by which a check ends, and the words for what went wrong in the subject's code."""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from dojo.verdict import Evidence, Finding, Kind
from dojo.words.raised import Raised, explain_raised

Cause = Literal[
    "value", "contract", "raised", "hang", "gone", "missing", "modes", "forbidden", "stated"
]


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
