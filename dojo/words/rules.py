"""What a rule about an error is, and the small words that several rules share."""

import difflib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Case:
    """An error that wants words.

    Attributes:
        type: its class.
        bases: names of the classes that it derives from.
        message: its text on one line.
        name: what was not found, for errors that tell.
        function: who stopped, as a sentence's subject: "`f`" or "Your file".
        line: 1-based line of the file at which it arose, or None.
        text: of that line.
        lines: of the file.
    """

    type: str
    bases: tuple[str, ...]
    message: str
    name: str
    function: str
    line: int | None
    text: str
    lines: tuple[str, ...]


Says = Callable[[Case, re.Match[str]], str | None]


@dataclass(frozen=True)
class Rule:
    """How an error is recognised, and what it means.

    Attributes:
        mistake: the name of the slip.
        pattern: looked for in the error's text.
        says: the sentences; the pattern's groups are {0}, {1}, ..., who stopped is {name}. A
            function may look closer; when it gives None, the rule doesn't fit after all.
        types: classes that the error is or derives from; none: any.
        alone: the sentences tell all, so that the error's own text is left out.
        line: where to look instead of where it arose.
    """

    mistake: str
    pattern: str
    says: "str | Says"
    types: tuple[str, ...] = ()
    alone: bool = False
    line: Callable[[Case], int | None] | None = None


def has_type(case: Case, name: str) -> bool:
    """Whether an error is of a class or derives from it."""
    return case.type == name or name in case.bases


def near(name: str, names: Iterable[str]) -> str | None:
    """The one of the names for which ``name`` may be a slip of the pen, or None.

    Capitals, exchanged letters, and one wrong letter in five or so.
    """
    known = [n for n in dict.fromkeys(names) if not n.startswith("_") and n != name]
    for alike in (str.lower, _letters):
        found = [n for n in known if alike(n) == alike(name)]
        if found:
            return found[0]
    close = difflib.get_close_matches(name, [n for n in known if not _twins(n, name)], 1, 0.8)
    return close[0] if close else None


def _twins(a: str, b: str) -> bool:
    """Whether two names differ on purpose: ``w1`` and ``w2``, ``grad_w`` and ``grad_b``, ``dz``."""
    if a.endswith(b) or b.endswith(a):
        return True
    differ = [i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y]
    if len(a) != len(b) or len(differ) != 1:
        return False
    at = differ[0]
    return at in (0, len(a) - 1) or "_" in (a[at - 1], a[at + 1]) or a[at].isdigit()


def _letters(name: str) -> str:
    return "".join(sorted(name.lower()))


def article(word: str) -> str:
    """``a`` or ``an`` before a word."""
    return f"{'an' if word[:1].lower() in 'aeio' else 'a'} {word}"


def shape(text: str) -> str:
    """A size as torch writes it, ``7x2`` or ``[7, 2]``, as Python writes it."""
    numbers = re.findall(r"\d+", text)
    return f"({numbers[0]},)" if len(numbers) == 1 else f"({', '.join(numbers)})"


# Torch's names of dtypes, as they are written in code.
_DTYPES = {
    "double": "float64",
    "float": "float32",
    "half": "float16",
    "bfloat16": "bfloat16",
    "long": "int64",
    "long int": "int64",
    "int": "int32",
    "short": "int16",
    "char": "int8",
    "byte": "uint8",
    "bool": "bool",
}


def dtype(word: str) -> str:
    """A dtype as code writes it: ``float64`` for Double."""
    word = word.strip().lower().removeprefix("c10::")
    return _DTYPES.get(word, word)
