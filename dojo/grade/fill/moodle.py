"""Moodle's tables: the worksheet of one assignment, and the export of a course's grades.

The worksheet: docs.moodle.org, "Assignment grading", *offline grading worksheet*; its columns are
those of mod/assign/gradingtable.php, and mod/assign/feedback/offline/importgradeslib.php takes it
back: rows by the number after "Participant", the grade, and each kind of feedback by its title.
Titles are in the language of whoever downloads it; English is read here.

The grades: docs.moodle.org, "Grade export" and "Grade import". There a person is mapped by a column
(addresses count to the letter), and a grade whose feedback is imported without it is lost: so both
are filled in, or the grade alone.
"""

import re

from dojo.grade.fill.form import Column, Form, Person, first, number
from dojo.grade.fill.sheet import Sheet

_WORKSHEET = ("Identifier", "Status", "Grade", "Last modified (grade)")
_NAMES = ("Full name", "First name / Last name", "First name / Surname")
_GIVEN, _FAMILY = "First name", ("Last name", "Surname")
_IDS = ("Email address", "Username", "ID number")
_KINDS = re.compile(r"(?P<name>.*?) \((?P<kind>Real|Feedback)\)$")
_BY_HAND = re.compile(r"(?:Assignment|Manual item|External tool|Quiz): ?(?P<name>.*)")


def worksheet(sheet: Sheet) -> Form | None:
    """The table of one assignment; None where it is something else."""
    heading = [h.strip() for h in sheet.heading]
    if not all(title in heading for title in _WORKSHEET):
        return None
    at = {title: heading.index(title) for title in heading}
    people = []
    most: float | None = None
    for i in range(1, len(sheet.spans)):
        row = sheet.row(i)
        known = re.search(r"(\d+)\s*$", first(row, at["Identifier"]))
        if known is None:
            continue
        locked = first(row, at.get("Grade can be changed")) == "No"
        names = tuple(first(row, at.get(title)) for title in _NAMES)
        people.append(
            Person(
                row=i,
                account=f"moodle {known[1]}",
                ids=tuple(w for t in _IDS if (w := first(row, at.get(t)))),
                names=tuple(filter(None, names)),
                closed="Moodle says that this grade can't be changed" if locked else "",
            )
        )
        most = number(first(row, at.get("Maximum Grade"))) if most is None else most
    column = Column("Grade", at["Grade"], "Grade", at.get("Feedback comments"), most)
    return Form("Moodle's grading worksheet", tuple(people), (column,), single=True)


def gradebook(sheet: Sheet) -> Form | None:
    """The grades of a course; None where it is something else."""
    heading = [h.strip() for h in sheet.heading]
    family = next((f for f in _FAMILY if f in heading), None)
    if _GIVEN not in heading or family is None or not any(t in heading for t in _IDS):
        return None
    at = {title: heading.index(title) for title in heading}
    people = []
    for i in range(1, len(sheet.spans)):
        row = sheet.row(i)
        given, surname = first(row, at[_GIVEN]), first(row, at[family])
        ids = tuple(w for t in _IDS if (w := first(row, at.get(t))))
        if ids or given or surname:
            names = (f"{given} {surname}".strip(), f"{surname} {given}".strip())
            people.append(Person(i, "", ids, names))
    columns = []
    for title, index in at.items():
        found = _KINDS.fullmatch(title)
        if found is not None and found["kind"] == "Real" and not title.startswith("Course total"):
            called = _BY_HAND.sub(r"\g<name>", found["name"])
            columns.append(Column(title, index, called, at.get(f"{found['name']} (Feedback)")))
    return Form("Moodle's export of grades", tuple(people), tuple(columns))
