"""What a terminal shows of a verdict as text that is kept, and text in Markdown that means nothing.

Markdown as GitHub reads it (github.github.com/gfm), where HTML would count, too.
"""

import io
import re
from pathlib import Path

from dojo.course.catalog import Kata
from dojo.desk.subject import Subject
from dojo.screens import verdicts
from dojo.screens.terminal import Terminal
from dojo.screens.text import clean, count
from dojo.verdict import Verdict

WIDTH = 84  # columns, as at a terminal
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+.!|~&:@-])")


def terminal_text(kata: Kata, verdict: Verdict) -> str:
    """What a learner reads in a terminal of `WIDTH` columns, as plain text."""
    stream = io.StringIO()
    terminal = Terminal(stream, page=WIDTH)
    name = f"{kata.stem}.py"
    verdicts.body(terminal, Subject(kata, Path(name), name, b"", False, False), verdict)
    if verdict.status != "not judged":
        passed, total = verdict.share
        terminal.blank()
        terminal.line(f"{passed} of {count(total, 'check')} passed", indent=2)
    return clean(stream.getvalue()).strip("\n") + "\n"


def fenced(text: str) -> str:
    """A block of Markdown that shows a text as it is."""
    longest = max((len(m) for m in re.findall("`+", text)), default=0)
    fence = "`" * max(longest + 1, 3)
    return f"{fence}text\n{text}{fence}"


def plain(text: str) -> str:
    """One line of text in which Markdown, and HTML in it, means nothing."""
    return _MARKDOWN.sub(r"\\\1", " ".join(clean(text).split()))
