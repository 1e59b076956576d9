"""`kata lookback`: the mistakes that held a learner up, and their own ways out of them."""

import sys
from typing import TYPE_CHECKING

import click

from dojo.commands.desk import complete, open_desk
from dojo.course.catalog import CardError, Catalog, Kata, Lesson
from dojo.desk.desk import Desk

if TYPE_CHECKING:
    from dojo.desk.lookback import Lookback


@click.command()
@click.argument("selector", required=False, shell_complete=complete)
@click.option("--all", "everything", is_flag=True, help="All mistakes, not only five.")
def lookback(selector: str | None, everything: bool) -> None:
    """What held you up so far, and how you got out of it; without a selector, in all katas."""
    from dojo.desk.lookback import look_back

    desk = open_desk()
    katas = desk.select([selector]) if selector is not None else desk.catalog.katas
    words = f" {selector}" if selector is not None else ""
    rest = "" if everything else f"kata lookback{words} --all"
    title = _title(desk.catalog, katas, selector)
    _show(desk, katas, look_back(desk.log, katas), title, rest)


def look_back_on_module(desk: Desk, lesson: Lesson) -> None:
    """What held a learner up in the module that a lesson recaps; nothing before the first check."""
    from dojo.desk.lookback import look_back

    module = lesson.katas[0].module_id
    katas = desk.catalog.select(module)
    back = look_back(desk.log, katas)
    if back.tried:
        _show(
            desk, katas, back, _title(desk.catalog, katas, module), f"kata lookback {module} --all"
        )


def _show(desk: Desk, katas: tuple[Kata, ...], back: "Lookback", title: str, rest: str) -> None:
    from dojo.screens.lookback import lookback as screen
    from dojo.screens.terminal import Terminal
    from dojo.screens.text import count

    terminal = Terminal(sys.stdout)
    screen(terminal, title, back, desk.log.version, rest)
    missed = {lesson.id: _missed(desk, lesson, katas) for lesson in desk.catalog.lessons}
    missed = {lesson: number for lesson, number in missed.items() if number}
    if missed:
        first = next(iter(missed))
        terminal.prose(
            f"{count(sum(missed.values()), 'question')} went wrong at first, in "
            f"{', '.join(missed)}: kata quiz {first} asks again."
        )
    terminal.blank()


def _missed(desk: Desk, lesson: Lesson, katas: tuple[Kata, ...]) -> int:
    """How many questions before these katas were answered wrongly the last time they were asked."""
    from dojo.course.questions import of_lesson

    slugs = {k.slug for k in lesson.katas if k in katas}
    if not slugs:
        return 0
    try:
        asked = [q.id for q in of_lesson(lesson) if q.kata in slugs]
        return sum(desk.progress.answers.get(name) is False for name in asked)
    except CardError:
        return 0  # told by `kata quiz`


def _title(catalog: Catalog, katas: tuple[Kata, ...], selector: str | None) -> str:
    if selector is None:
        return "Looking back on everything so far"
    first = katas[0]
    if selector.strip() == first.module_id:
        name = catalog.pack.modules.get(first.module_id, "")
        return f"Looking back on module {first.module_id} {name}".rstrip()
    if len(katas) == 1:
        return f"Looking back on {first.id} {first.title}"
    lesson = catalog.lesson(first.lesson_id)
    return f"Looking back on lesson {lesson.id} {lesson.title}"
