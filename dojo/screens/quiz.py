"""Questions at the terminal: a question with its choices, the reply, what a run showed."""

from collections.abc import Sequence

from rich.text import Text

from dojo.course.questions import Question
from dojo.screens.terminal import Terminal, coded


def introduction(terminal: Terminal) -> None:
    """How to go on without an answer."""
    terminal.line(("Enter skips a question, q ends.", "dim"))
    terminal.blank()


def question(terminal: Terminal, asked: Question, place: str, choices: Sequence[str]) -> None:
    """A question, and what can be chosen."""
    terminal.line((place, "bold"))
    terminal.blank()
    terminal.prose(asked.asks)
    terminal.blank()
    for number, text in enumerate(choices, start=1):
        terminal.row((Text(str(number), "bold"), 2), (coded(text), 0), indent=3)
    if choices:
        terminal.blank()


def reply(terminal: Terminal, right: bool, text: str) -> None:
    """What is said to an answer."""
    signs = terminal.signs
    mark = Text(signs.passed, "bold green") if right else Text(signs.failed, "bold yellow")
    terminal.row((mark, 1), (coded(text), 0))
    terminal.blank()


def happened(terminal: Terminal, words: str, whose: str) -> None:
    """What a run showed, and whose code ran."""
    terminal.line((whose, "dim"), indent=2)
    terminal.prose(words)
    terminal.blank()


def summary(terminal: Terminal, right: int, asked: int, then: str) -> None:
    """How many were right at the first try, and where to go on."""
    terminal.line((f"{right} of {asked} right at the first try.", "bold"), f" {then}")
