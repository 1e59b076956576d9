"""One hint more: how many of a kata's hints a learner has, and writing that down."""

from dojo.course.catalog import Kata
from dojo.desk.desk import Desk, Save
from dojo.desk.progress import Progress


def another_hint(desk: Desk, progress: Progress, kata: Kata, save: Save) -> Progress:
    """The progress after one hint more, which is written down; unchanged after the last hint.

    Args:
        desk: whose log it is.
        progress: the latest, which may be newer than the desk's.
        kata: whose hint.
        save: does what writes.
    """
    level = hints_given(progress, kata) + 1
    if level > len(kata.hints):
        return progress
    save(lambda: desk.log.add_hint(kata, level))
    return progress.with_hints(kata, level)


def hints_given(progress: Progress, kata: Kata) -> int:
    """How many of the hints that a kata has today were shown."""
    return min(progress.of(kata).hints, len(kata.hints))
