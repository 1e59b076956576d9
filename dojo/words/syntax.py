"""What keeps Python from reading a file, in plain words."""

import re
from collections.abc import Callable
from dataclasses import dataclass

_EQUALS = (
    "`=` gives a name a value; `==` asks whether two things are equal. In a condition belongs `==`."
)


@dataclass(frozen=True)
class Unreadable:
    """Why a file can't be read.

    Attributes:
        mistake: the name of the slip.
        message: what a learner reads.
    """

    mistake: str
    message: str


_Says = str | Callable[[re.Match[str], str], str]

# Slip, pattern of Python's own words, ours; the first that fits.
RULES: tuple[tuple[str, str, _Says], ...] = (
    (
        "colon-missing",
        r"expected ':'",
        "A line that begins with `def`, `class`, `if`, `else`, `for`, `while` or `with` ends in a "
        "colon, and here it is missing or stands too late.",
    ),
    (
        "bracket-open",
        r"'(.)' was never closed",
        lambda m, _: f"The bracket `{m[1]}` that is opened in this line is never closed.",
    ),
    (
        "bracket-unmatched",
        r"unmatched '(.)'",
        lambda m, _: f"There is a `{m[1]}` too many: no bracket was opened that it would close.",
    ),
    (
        "bracket-unmatched",
        r"closing parenthesis '(.)' does not match opening parenthesis '(.)'",
        lambda m, _: f"`{m[2]}` was opened last, but `{m[1]}` comes to close it.",
    ),
    (
        "cannot-assign",
        r"cannot assign to",
        "On the left of `=` stands something that can't be given a value. A name belongs there, "
        "or a place such as x[0].",
    ),
    ("equals-for-comparison", r"Maybe you meant '=='", _EQUALS),
    (
        "indentation",
        r"expected an indented block after (.+?) on line (\d+)",
        lambda m, _: (
            f"After the {m[1].replace(chr(39), '`')} in line {m[2]} something has to follow "
            "that stands further to the right."
        ),
    ),
    (
        "indentation",
        r"unexpected indent",
        "This line stands further to the right than the one before, without a reason: only after "
        "a colon lines begin further to the right.",
    ),
    (
        "indentation",
        r"unindent does not match",
        "This line begins at a place at which no line above begins: count the spaces.",
    ),
    (
        "indentation",
        r"inconsistent use of tabs|[Tt]abs? and spaces",
        "Tabs and spaces are mixed at the beginning of lines. Use spaces only, four for each step.",
    ),
    (
        "text-open",
        r"unterminated (?:triple-quoted )?(?:f-)?string literal|EOF while scanning|EOL while",
        "A text begins here whose closing quotes are missing.",
    ),
    (
        "comma-missing",
        r"forgot a comma",
        "Between two values in brackets something is missing: a comma, or a sign such as `*`?",
    ),
    (
        "strange-character",
        r"invalid (?:non-printable )?character",
        lambda _, text: (
            f"A character stands here that Python doesn't know{_which(text)}. Copied "
            "from a web page or a text processor? Type it anew."
        ),
    ),
    (
        "return-outside",
        r"'return' outside function",
        "This `return` stands outside of every function: it has to be indented as the lines of "
        "the function are.",
    ),
    (
        "outside-a-loop",
        r"'(break|continue)' (?:outside loop|not properly in loop)",
        lambda m, _: f"`{m[1]}` belongs into a loop, and this line stands outside of every loop.",
    ),
    (
        "argument-order",
        r"positional argument follows keyword|(?:non-default|parameter without a default)",
        "Arguments with a name (or parameters with a default) come last in the brackets.",
    ),
    (
        "print-without-brackets",
        r"Missing parentheses in call to '(\w+)'",
        lambda m, _: f"`{m[1]}` is a function: what it takes stands in round brackets.",
    ),
    (
        "number-with-letters",
        r"invalid (?:decimal|hexadecimal|octal|binary) literal|invalid imaginary",
        "A number and a name stand directly together, as in `2x`. A product wants its `*`; a name "
        "can't begin with a digit.",
    ),
    (
        "global-order",
        r"is assigned to before (?:global|nonlocal)|is used prior to (?:global|nonlocal)",
        "`global` and `nonlocal` stand before the first use of the name.",
    ),
    (
        "syntax",
        r"^invalid syntax",
        "Something is missing or too much here, or at the end of the line before: a bracket, a "
        "comma, a colon, a sign?",
    ),
)


def explain_syntax(message: str, line: str) -> Unreadable:
    """Why Python can't read a file.

    Args:
        message: Python's own words, such as "expected ':'".
        line: the text of the line at which it stopped.
    """
    text = message.strip()
    told = f"Python can't read the file: {text}{'' if text.endswith(('.', '?')) else '.'}"
    if _is_else_if(line):
        return Unreadable("syntax", f"{told}\nPython writes `elif` for else-if.")
    for mistake, pattern, says in RULES:
        match = re.search(pattern, message)
        if match is not None:
            words = says if isinstance(says, str) else says(match, message)
            return Unreadable(mistake, f"{told}\n{words}")
    return Unreadable("syntax", told)


def _is_else_if(line: str) -> bool:
    return bool(re.match(r"\s*(?:else\s+if|elseif)\b", line))


def _which(message: str) -> str:
    found = re.search(r"'(.)' \(U\+", message)
    return f": `{found[1]}`" if found else ""
