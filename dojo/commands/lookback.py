"""`kata lookback`: the mistakes that held a learner up, and their own ways out of them."""

import sys

import click

from dojo.commands.desk import complete, open_desk
from dojo.course.catalog import Catalog, Kata, Lesson
from dojo.desk.desk import Desk


@click.command()
@click.argument("selector", required=False, shell_complete=complete)
@click.option("--all", "everything", is_flag=True, help="All mistakes, not only five.")
def lookback(selector: str | None, everything: bool) -> None:
    """What held you up so far, and how you got out of it; without a selector, in all katas."""
    desk = open_desk()
    katas = desk.select([selector]) if selector is not None else desk.catalog.katas
    words = f" {selector}" if selector is not None else ""
    rest = "" if everything else f"kata lookback{words} --all"
    _show(desk, katas, _title(desk.catalog, katas, selector), rest)


def look_back_on_module(desk: Desk, lesson: Lesson) -> None:
    """What held a learner up in the module that a lesson recaps; nothing before the first check."""
    module = lesson.katas[0].module_id
    katas = desk.catalog.select(module)
    from dojo.desk.lookback import look_back

    if look_back(desk.log, katas).tried:
        title = _title(desk.catalog, katas, module)
        _show(desk, katas, title, f"kata lookback {module} --all")


def _show(desk: Desk, katas: tuple[Kata, ...], title: str, rest: str) -> None:
    from dojo.desk.lookback import look_back
    from dojo.screens.lookback import lookback as screen
    from dojo.screens.terminal import Terminal
    from dojo.screens.text import count

    terminal = Terminal(sys.stdout)
    screen(terminal, title, look_back(desk.log, katas), desk.log.version, rest)
    missed = [lesson for lesson in desk.catalog.lessons if _missed(desk, lesson, katas)]
    if missed:
        total = sum(_missed(desk, lesson, katas) for lesson in missed)
        where = ", ".join(lesson.id for lesson in missed)
        terminal.prose(
            f"{count(total, 'question')} went wrong at first, in {where}: "
            f"kata quiz {missed[0].id} asks again."
        )
    terminal.blank()


def _missed(desk: Desk, lesson: Lesson, katas: tuple[Kata, ...]) -> int:
    """How many of a lesson's questions were answered wrongly the last time they were asked."""
    from dojo.course.catalog import CardError
    from dojo.course.questions import of_lesson

    if not any(k in katas for k in lesson.katas):
        return 0
    try:
        return sum(desk.progress.answers.get(q.id) is False for q in of_lesson(lesson))
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
