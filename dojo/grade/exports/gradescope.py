"""The table of grades that Gradescope hands out, for whatever takes it from there.

help.gradescope.com, "Reviewing grades", *Download Grades*: a row for each person, and for each
assignment its name, "- Max Points", "- Submission Time" and "- Lateness (H:M:S)". Gradescope itself
takes no table of grades: there an autograder hands them in (`kata export gradescope`).
"""

import csv
import io
from typing import TYPE_CHECKING

from dojo.grade.exports.people import details

if TYPE_CHECKING:
    from dojo.grade.marks import Book

_PERSON = ("First Name", "Last Name", "SID", "Email", "Sections")
_ASSIGNMENT = ("", " - Max Points", " - Submission Time", " - Lateness (H:M:S)")


def table(book: "Book") -> str:
    """CSV; a cell is empty where nothing was handed in or nothing could be judged.

    Times are left empty: when a file was handed in is known to whoever collected it alone.
    """
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    katas = book.plan.katas
    titles = [f"{k.id} {k.slug}{what}" for k in katas for what in _ASSIGNMENT]
    rows.writerow([*_PERSON, *titles, "Total Lateness (H:M:S)"])
    for learner in book.plan.learners:
        who = details(book.plan.roster, learner)
        cells: list[str | int] = []
        for kata in katas:
            found = book.cells.get((learner, kata.slug))
            points = None if found is None else found.points
            cells += ["" if points is None else points, book.worth(kata), "", ""]
        rows.writerow([who.given, who.surname, who.number, who.email, "", *cells, ""])
    return out.getvalue()
