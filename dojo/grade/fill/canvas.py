"""Canvas's gradebook, exported as CSV.

community.instructure.com, "How do I import grades in the Gradebook?": the first columns are
Student, ID, (SIS User ID,) SIS Login ID, Section, or LastName and FirstName for Student; an
assignment's column is "Name (12345)", and a new title would make a new assignment. The row "Points
Possible" has what each is worth, and says "(read only)" of columns that are reckoned. Rows: by ID.
lib/gradebook_exporter.rb and lib/gradebook_importer.rb of canvas-lms are what write and read it;
with some languages it has semicolons.
"""

import re

from dojo.grade.fill.form import Column, Form, Person, first, number
from dojo.grade.fill.sheet import Sheet

_IDS = ("SIS User ID", "SIS Login ID", "Integration ID")
_ASSIGNMENT = re.compile(r"(?P<name>.*) \((?P<id>\d+)\)")
_POINTS = "Points Possible"
_KEPT = frozenset({"EX", "N/A"})  # excused; not assigned to this person


def gradebook(sheet: Sheet) -> Form | None:
    """The gradebook of a course; None where it is something else."""
    heading = [h.strip() for h in sheet.heading]
    apart = heading[:3] == ["LastName", "FirstName", "ID"]
    if not (apart or heading[:2] == ["Student", "ID"]) or "Section" not in heading:
        return None
    at = {title: heading.index(title) for title in heading}
    people = []
    points: tuple[str, ...] = ()
    for i in range(1, len(sheet.spans)):
        row = sheet.row(i)
        if first(row, 0) == _POINTS:
            points = row
            continue
        surname, _, given = first(row, 0).partition(",")
        surname, given = (first(row, 0), first(row, 1)) if apart else (surname, given.strip())
        account = first(row, at["ID"])
        ids = tuple(w for t in _IDS if (w := first(row, at.get(t))))
        if account or ids:  # else it says which grades are hidden yet
            names = tuple({f"{given} {surname}".strip(): 0, f"{surname} {given}".strip(): 0})
            people.append(Person(i, f"canvas {account}" if account else "", ids, names))
    columns = []
    for index in range(at["Section"] + 1, len(heading)):
        found = _ASSIGNMENT.fullmatch(heading[index])
        worth = first(points, index)
        if found is not None and "read only" not in worth:
            columns.append(Column(heading[index], index, found["name"], None, number(worth)))
    return Form("Canvas's gradebook", tuple(people), tuple(columns), kept=_KEPT)
