"""`kata plot`: judge the learner's own file once, and draw what it did, on screen or into a file.

Looking is no attempt: nothing is recorded.
"""

import sys
from collections.abc import Sequence
from contextlib import chdir, closing
from pathlib import Path

from rich.text import Text

from dojo.commands.check import OUR_FAULT, PASSED, Wish, verdicts_of
from dojo.course.catalog import Kata
from dojo.desk import workspace as workspaces
from dojo.desk.desk import Desk
from dojo.desk.subject import Refusal, Subject, subject_of
from dojo.errors import UsageError, not_installed
from dojo.pictures import Picture
from dojo.screens import verdicts
from dojo.screens.plots.choice import worth_drawing
from dojo.screens.terminal import Terminal
from dojo.verdict import Verdict

ENDINGS = (".png", ".svg")
_MOST_ROWS, _LEAST_ROWS = 22, 12


def plot(desk: Desk, kata: Kata, save: Path | None, seed: int | None) -> int:
    """Draw the pictures of the learner's file for one kata; returns the exit code.

    Args:
        desk: the learner's.
        kata: which one.
        save: a file to draw into, instead of the terminal.
        seed: of the inputs; None draws one.

    Raises:
        UsageError: there is nothing to draw, or it can't be saved there.
    """
    target = None if save is None else _target(desk, save)
    if not kata.pictures:
        raise UsageError(_no_picture(desk, kata))
    subject = subject_of(desk, kata, None)
    if isinstance(subject, Refusal):
        raise UsageError(subject.message)
    if subject.untouched and not kata.repair:
        raise UsageError(f"There is nothing to draw yet: {subject.shown} is still the stub.")
    terminal = Terminal(sys.stdout)
    verdict = _judge(desk, terminal, subject, seed)
    if verdict.status == "not judged":
        verdicts.title(terminal, subject)
        verdicts.body(terminal, subject, verdict)
        return OUR_FAULT
    pictures = worth_drawing(verdict)
    if not pictures:
        raise UsageError(_nothing(desk, kata, verdict))
    if target is None:
        show(terminal, subject, pictures)
    else:
        _save(desk, pictures, target, f"{kata.id}  {kata.title}")
        terminal.line("saved ", terminal.path(target, desk.shown(target)))
    _standing(terminal, kata, verdict)
    return PASSED


def show(terminal: Terminal, subject: Subject, pictures: Sequence[Picture]) -> None:
    """Draw in the terminal.

    Raises:
        UsageError: plotext is not installed.
    """
    try:
        from dojo.screens.plots.terminal import draw_text
    except ModuleNotFoundError as error:
        raise not_installed(error) from None
    console = terminal.console
    utf8 = console.encoding.startswith("utf")
    colour = console.color_system is not None and not console.no_color
    rows = max(min(console.height - 4, _MOST_ROWS), _LEAST_ROWS)
    verdicts.title(terminal, subject)
    for picture in pictures:
        terminal.blank()
        drawn = draw_text(picture, console.width, rows, utf8, colour)
        for line in drawn.split("\n"):
            terminal.whole(Text.from_ansi(line))
    terminal.blank()


def _save(desk: Desk, pictures: Sequence[Picture], target: Path, heading: str) -> None:
    try:
        # matplotlib reads settings from the folder that it is loaded in.
        with chdir(Path(__file__).parent):
            from dojo.screens.plots.file import save_figure
    except ModuleNotFoundError as error:
        raise not_installed(error) from None
    try:
        save_figure(pictures, target, heading)
    except OSError as error:
        words = f"{desk.shown(target)} can't be written: {workspaces.why(error)}."
        raise UsageError(words) from None


def _target(desk: Desk, save: Path) -> Path:
    target = desk.cwd / save.expanduser()
    if target.suffix.lower() not in ENDINGS:
        ending = f", not as {target.suffix}" if target.suffix else ": let its name end so"
        raise UsageError(f"A picture is saved as {' or '.join(ENDINGS)}{ending}.")
    if not target.parent.is_dir():
        raise UsageError(f"There is no folder {desk.shown(target.parent)} to save into.")
    if target.is_dir():
        raise UsageError(f"{desk.shown(target)} is a folder: name a file.")
    if target.is_fifo():  # writing into it would wait for a reader
        raise UsageError(f"{desk.shown(target)} is a named pipe: name a file.")
    return target


def _judge(desk: Desk, terminal: Terminal, subject: Subject, seed: int | None) -> Verdict:
    from dojo.screens.check import OneKata

    request = subject.request(seed)
    with (
        terminal.working("starting PyTorch") as status,
        closing(verdicts_of(desk, Wish(), [request], OneKata(terminal, status))) as judged,
    ):
        return next(judged)


def _standing(terminal: Terminal, kata: Kata, verdict: Verdict) -> None:
    signs = terminal.signs
    if verdict.passed:
        terminal.line((f"{signs.passed} ", "green"), "It passes.")
    else:
        why = verdicts.first_failure(verdict)
        terminal.line((f"{signs.failed} ", "bold red"), f"It fails at {why}.")
        terminal.line(("why", "dim"), f"  kata check {kata.id} --seed {verdict.seed}", indent=2)


def _no_picture(desk: Desk, kata: Kata) -> str:
    others = [
        k.id for k in desk.catalog.lesson(kata.lesson_id).katas if k.pictures and k is not kata
    ]
    lesson = f" In its lesson these have one: {', '.join(others)}." if others else ""
    return f"Kata {kata.id} has no picture.{lesson}"


def _nothing(desk: Desk, kata: Kata, verdict: Verdict) -> str:
    if verdict.passed:
        return _no_picture(desk, kata)
    return (
        f"There is nothing to draw yet: the answer fails before, at "
        f"{verdicts.first_failure(verdict)}. `kata check {kata.id}` says why."
    )
