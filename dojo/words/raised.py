"""An exception of a learner's code, explained: what it means and where to look.

The commonest errors of Python and torch have a sentence of ours (python_errors, names,
torch_errors, here); any other is told in its own words. Each is explained by itself: by its type,
its text and the line at which it arose, and by nothing that a kata knows.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dojo.words.here import HERE
from dojo.words.kinds import GRAD_IS_NONE
from dojo.words.names import NAMES
from dojo.words.python_errors import PYTHON
from dojo.words.rules import Case, Rule, has_type
from dojo.words.syntax import explain_syntax
from dojo.words.torch_errors import TORCH

LONGEST = 160  # of an error's own text that is quoted
MOST = 600  # of it that is looked at, so that no text takes long

# The first that fits explains.
RULES: tuple[Rule, ...] = (*HERE, *TORCH, *NAMES, *PYTHON)


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
        own: a `raise` or `assert` of the subject's own file made it.
    """

    type: str
    bases: tuple[str, ...]
    message: str
    lines: tuple[int, ...]
    function: str
    name: str
    own: bool = False

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
            own=table.get("own") is True,
        )


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else []


@dataclass(frozen=True)
class Explained:
    """An exception in words.

    Attributes:
        message: what a learner reads.
        mistake: the name of the slip, or None where the error tells of no particular one.
        line: 1-based line of the file at which to look, or None.
    """

    message: str
    mistake: str | None
    line: int | None


def explain_raised(raised: Raised, function: str, lines: Sequence[str]) -> Explained:
    """What an exception means.

    Args:
        raised: the exception.
        function: the function that was called, or nothing while the file itself ran, or while
            something of ours used what it had made.
        lines: of the subject's file.
    """
    name = f"`{function}`" if function else "Your file"
    if not function and not raised.lines:
        name = "A check that used what your code returned"
    line = raised.lines[-1] if raised.lines else None
    text = lines[line - 1].strip() if line and line <= len(lines) else ""
    message = " ".join(raised.message.split())[:MOST]
    if "SyntaxError" in (raised.type, *raised.bases) and not function:
        unreadable = explain_syntax(message, text)
        return Explained(unreadable.message, unreadable.mistake, line)
    case = Case(raised.type, raised.bases, message, raised.name, name, line, text, tuple(lines))
    if raised.own and (told := _own(case)) is not None:
        return told
    for rule in RULES:
        found = _apply(rule, case)
        if found is not None:
            return found
    return Explained(f"{name} stopped with {quoted(case, 400)}", None, line)


def quoted(case: Case, longest: int = LONGEST) -> str:
    """An error's type and its own text, cut after a word where it is too long."""
    text = case.message.split(", but expected one of:")[0]
    if not text:
        return case.type
    if len(text) > longest:
        text = text[:longest].rpartition(" ")[0] + " ..."
    return f"{case.type}: {text}"


def _apply(rule: Rule, case: Case) -> Explained | None:
    if rule.types and not any(has_type(case, t) for t in rule.types):
        return None
    match = re.search(rule.pattern, case.message)
    if match is None:
        return None
    if isinstance(rule.says, str):
        says: str | None = rule.says.format(*match.groups(), name=case.function)
    else:
        says = rule.says(case, match)
    if says is None:
        return None
    line = rule.line(case) if rule.line is not None else case.line
    if rule.alone:
        return Explained(says, rule.mistake, line)
    return Explained(f"{case.function} stopped with {quoted(case)}\n{says}", rule.mistake, line)


def _own(case: Case) -> Explained | None:
    """An error that the answer's own ``raise`` or ``assert`` made."""
    if case.type == "NotImplementedError" and not case.message:
        message = (
            f"{case.function} is not written yet: the stub's `raise NotImplementedError` is "
            "reached."
        )
        return Explained(message, "not-written", case.line)
    if case.type in ("SystemExit", "KeyboardInterrupt", "StopIteration"):
        return None
    word = "assert" if case.text.startswith("assert") else "raise"
    says = f"Your own `{word}` at this line refused what it was given."
    if re.match(r"assert\b.*\.grad\b.*\bNone\b", case.text):
        says += f" {GRAD_IS_NONE}"
    return Explained(
        f"{case.function} stopped with {quoted(case)}\n{says}", "own-refusal", case.line
    )
