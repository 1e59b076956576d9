"""Python's own errors in plain words, those that answers of this course meet."""

import re

from dojo.words.kinds import KINDS
from dojo.words.names import ATTRIBUTES
from dojo.words.numbers import count
from dojo.words.rules import Case, Rule


def _missing(_: Case, match: re.Match[str]) -> str:
    function, names = match.groups()
    return f"`{_called(function)}` is called without a value for {_quoted(names)}."


def _count(_: Case, match: re.Match[str]) -> str:
    function, most, given = match.groups()
    what = _called(function)
    was = "was" if given == "1" else "were"
    says = f"`{what}` takes {count(int(most), 'argument')}, but {given} {was} given."
    if what != function or "." in function:
        return f"{says} (`self` counts as the first.)"
    return says


def _quoted(names: str) -> str:
    return re.sub("[\"']", "`", names)


def _called(function: str) -> str:
    """The name as a call writes it: of the class for its ``__init__``."""
    name = function.removesuffix(".__init__").removeprefix("TensorBase.")
    return name.rpartition(".")[2] if "<locals>" in name else name


def _unpacked(_: Case, match: re.Match[str]) -> str:
    if match.re.groups == 2:
        got = "1 value comes" if match[2] == "1" else f"{match[2]} values come"
        return f"{count(int(match[1]), 'name')} wait for a value each, but only {got}."
    return f"{count(int(match[1]), 'name')} wait for a value each, but more values come."


def _division(_: Case, match: re.Match[str]) -> str:
    if "negative power" in match.string:
        return "0 to a negative power is a division by 0."
    return "What is divided by is 0 here. Which case is that, and what should come out then?"


def _field(_: Case, match: re.Match[str]) -> str:
    return (
        f"Objects of this class stay as they were made (frozen=True), so `{match[1]}` can't be "
        "given another value: make a new object."
    )


def _key(_: Case, match: re.Match[str]) -> str:
    return f"There is no entry under {match.string[:60] or 'this key'}."


_CALLS: tuple[Rule, ...] = (
    Rule(
        "wrong-number-of-arguments",
        r"(?<![\w.<>])([\w.<>]+)\(\) missing \d+ required (?:positional|keyword-only) "
        r"arguments?: (.+)",
        _missing,
        ("TypeError",),
    ),
    Rule(
        "wrong-number-of-arguments",
        r"(?<![\w.<>])([\w.<>]+)\(\) takes (?:from \d+ to |at most |exactly )?(\d+) "
        r"(?:positional )?arguments? (?:but |\()(\d+)",
        _count,
        ("TypeError",),
    ),
    Rule(
        "wrong-number-of-arguments",
        r"(?<![\w.<>])([\w.<>]+)\(\) takes exactly one argument \((\d+) given\)",
        "`{0}` takes 1 argument, but here it gets {1}.",
        ("TypeError",),
    ),
    Rule(
        "wrong-number-of-arguments",
        r"(?<![\w.<>])([\w.<>]+)\(\) takes no (?:positional )?arguments \((\d+) given\)",
        lambda _, m: f"`{_called(m[1])}` takes no arguments.",
        ("TypeError",),
    ),
    Rule(
        "wrong-number-of-arguments",
        r"(?<![\w.<>])([\w.<>]+)\(\) got multiple values for argument '(\w+)'",
        lambda _, m: f"`{_called(m[1])}` gets `{m[2]}` twice: by its place and by its name.",
        ("TypeError",),
    ),
    Rule(
        "wrong-number-of-values",
        r"too many values to unpack \(expected (\d+)",
        _unpacked,
        ("ValueError",),
    ),
    Rule(
        "wrong-number-of-values",
        r"not enough values to unpack \(expected (\d+), got (\d+)\)",
        _unpacked,
        ("ValueError",),
    ),
)

_VALUES: tuple[Rule, ...] = (
    Rule(
        "stays-as-it-is",
        r"cannot assign to field '(\w+)'",
        _field,
        ("FrozenInstanceError",),
    ),
    Rule(
        "shared-default",
        r"mutable default <class '(\w+)'> for field (\w+)",
        lambda _, m: (
            f"The field `{m[2]}` has one {m[1]} as its default, which all objects would share. "
            "Leave the default out, or let each object make its own with "
            f"`field(default_factory={m[1]})`."
        ),
        ("ValueError",),
    ),
    Rule("division-by-zero", "", _division, ("ZeroDivisionError",)),
    Rule(
        "endless-recursion",
        "",
        "{name} calls itself, directly or by others, deeper than Python goes (RecursionError). "
        "Does it never end? If it does, a loop goes as far as is needed.",
        ("RecursionError",),
        alone=True,
    ),
    Rule("no-such-key", "", _key, ("KeyError",)),
    Rule(
        "outside-the-domain",
        r"math domain error|expected a (?:nonnegative|positive) input",
        "A function of `math` was asked for a value that doesn't exist, such as the logarithm of 0 "
        "or the root of a negative number.",
        ("ValueError",),
    ),
    Rule(
        "too-large-a-number",
        "math range error|too large|too many digits|Numerical result out of range",
        "The number that comes out is larger than a float can be (about 1e308).",
        ("OverflowError",),
    ),
    Rule(
        "text-for-number",
        r"invalid literal for int\(\)|could not convert string to float",
        "A text that is no number can't be made one.",
        ("ValueError",),
    ),
    Rule(
        "nothing-there",
        r"arg is an empty sequence|iterable argument is empty|pop from empty"
        r"|pop from an empty",
        "The list is empty here: nothing was put into it before.",
    ),
    Rule(
        "nothing-there",
        "",
        "{name} ran out of items (StopIteration): next() was asked once too often.",
        ("StopIteration",),
        alone=True,
    ),
)

PYTHON: tuple[Rule, ...] = (*KINDS, *_CALLS, *_VALUES, *ATTRIBUTES)
