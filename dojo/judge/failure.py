"""The exceptions by which a check ends, and the words for what went wrong in the subject's code."""

import difflib
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from dojo.judge.process import Gone
from dojo.verdict import Evidence, Finding, Kind

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
    raised: "Raised | None" = None

    def __str__(self) -> str:
        where = f" (line {self.finding.line})" if self.finding.line else ""
        return f"{self.finding.message}{where}"

    __hash__ = AssertionError.__hash__


@dataclass(frozen=True)
class Raised:
    """An exception of the subject, as it came over the wire.

    Attributes:
        type: its class.
        bases: the names of the classes that it derives from.
        message: its text.
        lines: of the subject's file, from the outermost call to the innermost.
        function: of the subject, the outermost that was running.
        name: what was not found, for exceptions that tell.
    """

    type: str
    bases: tuple[str, ...]
    message: str
    lines: tuple[int, ...]
    function: str
    name: str

    @staticmethod
    def read(error: Any) -> "Raised":
        """From a reply's ``error``; tolerates any nonsense a hostile process may send."""
        table = error if isinstance(error, dict) else {}
        lines = [n for n in _list(table.get("lines")) if isinstance(n, int) and 0 < n < 10**6]
        bases = [b for b in _list(table.get("bases")) if isinstance(b, str)]
        return Raised(
            type=str(table.get("type", "Exception"))[:200],
            bases=tuple(bases),
            message=str(table.get("message", ""))[:2000],
            lines=tuple(lines),
            function=str(table.get("function") or "")[:200],
            name=str(table.get("name") or "")[:200],
        )


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


# What torch says, and what it means: torch's own words are exact but speak to its authors.
_TORCH_WORDS: tuple[tuple[str, str], ...] = (
    (
        r"does not require grad and does not have a grad_fn",
        "The loss doesn't know how it came about: none of the tensors it was computed from was "
        "told to record gradients, or the connection was cut on the way.",
    ),
    (
        r"leaf [Vv]ariable that requires grad.*in-place",
        "A parameter that records gradients was changed in place while recording was on. An "
        "update is not part of the model: switch recording off around it.",
    ),
    (
        r"backward through the graph a second time",
        "backward() frees the record of the forward pass, and this record was walked before: "
        "compute the loss anew for each backward().",
    ),
    (
        r"modified by an inplace operation",
        "A tensor that the backward pass still needs was changed in place after the forward pass.",
    ),
    (
        r"expected .* to have the same dtype|expected .*dtype|but found (Double|Float)",
        "Two tensors of different dtypes (float32 and float64, say) met in one operation.",
    ),
    (
        r"shapes cannot be multiplied|size mismatch|must match the size|inconsistent tensor size",
        "The shapes don't fit together: print the shapes of both sides of this line.",
    ),
    (
        r"shape '.*' is invalid for input",
        "The numbers don't fill the shape that is asked for.",
    ),
    (
        r"Can't call numpy\(\) on Tensor that requires grad",
        "NumPy can't record gradients, so torch won't hand over a tensor that does.",
    ),
    (
        r"only (one element|Tensors of floating point)|can be converted to (a )?Scalar",
        "A tensor with several numbers stands where a single number is needed.",
    ),
)


def raised_finding(raised: Raised, function: str, source: list[str]) -> Finding:
    """The finding for an exception of the subject's code."""
    line = raised.lines[-1] if raised.lines else None
    text = source[line - 1].strip() if line and line <= len(source) else None
    return Finding(
        message=_raised_message(raised, function),
        line=line,
        source=text,
        evidence={"exception": raised.type},
    )


def is_dtype_trouble(raised: Raised) -> bool:
    """Whether an exception may come from float32 and float64 meeting."""
    return bool(re.search(r"dtype|Double|Float\b|scalar type", raised.message))


def _raised_message(raised: Raised, function: str) -> str:
    name = f"`{function}`" if function else "Your file"
    message = " ".join(raised.message.split())
    quoted = f"{raised.type}: {message}" if message else raised.type
    match raised.type:
        case "NotImplementedError" if not message:
            return f"{name} is not written yet: the stub's `raise NotImplementedError` is reached."
        case "SystemExit":
            return f"{name} stopped itself with sys.exit() or SystemExit instead of returning."
        case "KeyboardInterrupt":
            return f"{name} raised KeyboardInterrupt, which is how Ctrl-C arrives, not an answer."
        case "RecursionError":
            return f"{name} calls itself without end (RecursionError)."
        case "WireError":
            return f"What {name} returns can't be judged: {message}."
        case "EOFError" if "reading a line" in message:
            return f"{name} asks for keyboard input, but nobody is there to answer it."
        case "StopIteration":
            return f"{name} ran out of items (StopIteration)."
        case _:
            pass
    if raised.type == "MemoryError" or "can't allocate memory" in message:
        return f"{name} asked for more memory than there is ({quoted[:200]})."
    if "File too large" in message:
        return f"{name} printed or wrote more than is kept here ({quoted[:200]})."
    if "PermissionError" in raised.bases or "Operation not permitted" in message:
        return (
            f"{name} tried something that an answer may not do here, such as opening other files, "
            f"the network or new programs ({quoted[:200]})."
        )
    for pattern, meaning in _TORCH_WORDS:
        if re.search(pattern, message):
            return f"{name} stopped with {quoted[:300]}\n{meaning}"
    return f"{name} stopped with {quoted[:400]}"


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
    """Only what JSON can carry, rounded to what a reader can use."""
    out: dict[str, float | int | str | bool] = {}
    for key, value in numbers.items():
        if isinstance(value, (bool, int, str)):
            out[key] = value
        elif isinstance(value, float):
            out[key] = float(f"{value:.6g}")
    return out


def missing_finding(name: str, names: Sequence[str]) -> Finding:
    """The finding for a name that the stub asks for and the file doesn't define."""
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    hint = f" There is `{near[0]}`: was it renamed?" if near else ""
    return Finding(
        f"Your file doesn't define `{name}`, which this kata asks for.{hint}",
        evidence=evidence_of(missing=name),
    )
