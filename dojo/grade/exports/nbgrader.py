"""The table that `nbgrader export` writes, for whatever takes that.

nbgrader.readthedocs.io, "Exporting grades"; the columns are those of CsvExportPlugin in
nbgrader/plugins/export.py. As there, nothing handed in is worth 0. nbgrader itself takes no table
of grades back.
"""

import csv
import io
from typing import TYPE_CHECKING

from dojo.grade.exports.people import details
from dojo.grade.tables import cell

if TYPE_CHECKING:
    from dojo.grade.marks import Book

_COLUMNS = (
    *("assignment", "duedate", "timestamp", "student_id", "last_name", "first_name", "email"),
    *("raw_score", "late_submission_penalty", "score", "max_score"),
)


def table(book: "Book") -> str:
    """CSV: a row for each learner and kata; no score where something could not be judged.

    Times are left empty: when a file was handed in is known to whoever collected it alone.
    """
    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\n")
    rows.writerow(_COLUMNS)
    for kata in book.plan.katas:
        for learner in book.plan.learners:
            who = details(book.plan.roster, learner)
            found = book.cells.get((learner, kata.slug))
            points = 0 if found is None else found.points
            score = "" if points is None else points
            name = f"{kata.id}-{kata.slug}"
            person = (cell(learner), who.surname, who.given, who.email)
            rows.writerow([name, "", "", *person, score, 0, score, book.worth(kata)])
    return out.getvalue()
