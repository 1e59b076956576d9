"""The commands to read on: hints, lessons with their briefs, and solutions."""

import sys
from collections.abc import Sequence

from dojo.commands.desk import save, telling
from dojo.commands.lookback import look_back_on_module
from dojo.course.catalog import Kata
from dojo.course.derive import without_markers
from dojo.desk.desk import Desk
from dojo.desk.hint import another_hint, hints_given
from dojo.desk.progress import Progress
from dojo.desk.quiz import ids_before
from dojo.desk.workspace import read_stub
from dojo.errors import UsageError
from dojo.screens import course, pages
from dojo.screens.terminal import Terminal
from dojo.screens.text import count


def show_next(desk: Desk, progress: Progress) -> None:
    """Show what to do now.

    Args:
        desk: the learner's.
        progress: the latest, which may be newer than the desk's.
    """
    asked = ids_before(desk.catalog, progress.next_kata(desk.catalog))
    terminal = Terminal(sys.stdout)
    course.what_now(terminal, desk.catalog, progress, desk.workspace, desk.cwd, asked)
    teller = telling(desk)
    if teller is not None:
        teller.begun(progress.next_kata(desk.catalog))


def give_hint(desk: Desk, kata: Kata) -> None:
    """Show the hints so far and one more, and remember that."""
    total = len(kata.hints)
    level = hints_given(another_hint(desk, desk.progress, kata, save), kata)
    terminal = Terminal(sys.stdout)
    terminal.line((f"{kata.id}  {kata.title}", "bold"))
    pages.hints(terminal, kata, level)
    after = f"That was the last hint. The lesson's text: kata show {kata.id}"
    if level < total:
        after = f"{count(total - level, 'more hint')}: kata hint {kata.id}"
    terminal.blank()
    terminal.line((after, "dim"), indent=2)
    teller = telling(desk)
    if teller is not None and level > desk.progress.of(kata).hints:
        teller.hinted(kata, level)


def show_lessons(desk: Desk, katas: Sequence[Kata]) -> None:
    """Show the texts of the lessons that the katas belong to, and the katas' briefs."""
    terminal = Terminal(sys.stdout)
    for lesson in desk.catalog.lessons:
        chosen = [k for k in lesson.katas if k in katas]
        if not chosen:
            continue
        text = lesson.katas[0].lesson_text_path
        if text.is_file():
            pages.lesson(terminal, text.read_text(encoding="utf-8"))
        if lesson.id in desk.catalog.pack.recaps:
            look_back_on_module(desk, lesson)
        for kata in chosen:
            path = terminal.path(desk.workspace.stub(kata), desk.shown_stub(kata))
            pages.brief(terminal, kata, path, desk.progress.of(kata).hints)


def show_solution(desk: Desk, kata: Kata, *, anyway: bool, diff: bool) -> None:
    """Show the solution, or where the learner's file differs from it; remember that.

    Raises:
        UsageError: the kata isn't passed, and nobody said that it doesn't matter; or the live
            room doesn't want it to be shown yet.
    """
    if not desk.progress.is_done(kata) and not anyway:
        raise UsageError(
            f"{kata.id} isn't passed yet. `kata hint {kata.id}` gives a nudge; "
            f"`kata solution {kata.id} --anyway` shows the solution all the same."
        )
    teller = telling(desk)
    if teller is not None and (why := teller.withheld(kata)):
        raise UsageError(why)
    if not kata.solution_path.is_file():
        raise UsageError(f"The pack '{kata.pack}' came without its solutions.")
    theirs = without_markers(kata.solution_path.read_text(encoding="utf-8"))
    yours = read_stub(desk.workspace, kata, desk.shown_stub(kata)) if diff else b""
    save(lambda: desk.log.add_solution(kata))
    terminal = Terminal(sys.stdout)
    if diff:
        pages.difference(terminal, yours.decode("utf-8-sig", "replace"), theirs)
    else:
        pages.solution(terminal, theirs)
