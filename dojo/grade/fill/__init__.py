"""A course system's own table of grades, filled in.

Each module knows the tables of one system: how they are recognised, whose row is whose and which
columns take grades. Nothing is invented: no title, no row, no person.
"""

from collections.abc import Callable
from pathlib import Path

from dojo.errors import UsageError
from dojo.grade.fill import canvas, moodle, sheet
from dojo.grade.fill.form import Form
from dojo.grade.fill.sheet import Sheet

FORMS: tuple[Callable[[Sheet], Form | None], ...] = (
    moodle.worksheet,
    moodle.gradebook,
    canvas.gradebook,
)
"""What recognises a table and reads its first row and who it is about."""


def recognise(path: Path) -> tuple[Sheet, Form]:
    """A table that a course system exported, and what it is.

    Raises:
        UsageError: it can't be read, or is none that is known.
    """
    tables, trouble = sheet.load(path)
    for table in tables.values():
        for form in FORMS:
            found = form(table)
            if found is not None and found.people and found.columns:
                return table, found
            if found is not None:
                what = "people" if found.columns else "assignments"
                raise UsageError(f"'{path}' is {found.system}, and has no {what} in it.")
    if trouble:
        raise UsageError(f"'{path}' is no table: {trouble}.")
    raise UsageError(
        f"'{path}' is no table that Moodle or Canvas exports, in English: no row of titles is "
        "theirs. `--fill` takes Moodle's grading worksheet or its export of grades as text, or "
        "Canvas's gradebook, each as it was downloaded."
    )
