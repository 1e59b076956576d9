"""Where a learner stands after a kata was judged, and where to go from there."""

from dataclasses import dataclass

from dojo.course.catalog import Kata
from dojo.desk.desk import Desk
from dojo.desk.progress import Progress


@dataclass(frozen=True)
class Onward:
    """Where to go after a check.

    Attributes:
        kata: the kata that `kata next` would show, or None when all are done.
        shown: the path of its stub.
        lesson_done: katas of the judged lesson that are done, and how many it has.
        hints_left: hints of the judged kata that weren't shown yet.
        strict: True when the check was made with ``--strict``.
        called: what all katas here are: see `Catalog.called`.
    """

    kata: Kata | None
    shown: str
    lesson_done: tuple[int, int]
    hints_left: int
    strict: bool = False
    called: str = "course"


def onward(desk: Desk, progress: Progress, kata: Kata, strict: bool = False) -> Onward:
    """Where to go after a kata was judged.

    Args:
        desk: for the course and the workspace.
        progress: with what was judged.
        kata: the one that was judged.
        strict: the types were required.
    """
    following = progress.next_kata(desk.catalog)
    lesson = desk.catalog.lesson(kata.lesson_id).katas
    return Onward(
        kata=following,
        shown=desk.shown_stub(following) if following is not None else "",
        lesson_done=(sum(map(progress.is_done, lesson)), len(lesson)),
        hints_left=max(len(kata.hints) - progress.of(kata).hints, 0),
        strict=strict,
        called=desk.catalog.called,
    )
