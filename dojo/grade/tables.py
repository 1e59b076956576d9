"""Grades for a spreadsheet, and gradings for a program."""

import csv
import io
import json
from collections.abc import Iterator
from typing import Any

from dojo.grade.marks import Book, Graded
from dojo.grade.unit import versions
from dojo.screens.formats.json import verdict_data
from dojo.screens.text import clean

FORMAT = "kata-gradings"
VERSION = 1
_BOM = "\ufeff"  # without it, spreadsheets take the text for something else than UTF-8
_ACTIVE = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def grades(book: Book) -> str:
    """CSV (RFC 4180): a row for each learner, a column for each kata, whole numbers.

    A cell is empty where nothing was handed in or nothing could be judged; the last columns say
    which of the two. What was reported and not judged here says so in its headings.
    """
    out = io.StringIO()
    table = csv.writer(out, lineterminator="\r\n")
    katas = book.plan.katas
    heading = [f"{k.id} {k.slug}" for k in katas]
    ends = ["points", "submissions", "not judged"]
    if book.reported is not None:
        heading, ends = (
            [f"{h} (reported)" for h in heading],
            ["points (reported)", "checks", ends[2]],
        )
    table.writerow(["learner", *heading, *ends])
    for learner in book.plan.learners:
        cells = [book.cells.get((learner, k.slug)) for k in katas]
        known = [c for c in cells if c is not None]
        table.writerow(
            [
                cell(learner),
                *("" if c is None or c.points is None else c.points for c in cells),
                sum(c.points or 0 for c in known),
                sum(c.attempts for c in known),
                sum(c.points is None for c in known),
            ]
        )
    return _BOM + out.getvalue()


def cell(text: str) -> str:
    """A text that a spreadsheet shows and never takes for a formula."""
    shown = " ".join(clean(text).split())
    return f"'{shown}" if shown.startswith(_ACTIVE) else shown


def gradings(book: Book) -> Iterator[str]:
    """A line of JSON for each submission: the same bytes whenever and wherever it was judged."""
    return (
        json.dumps(_grading(book, g), sort_keys=True, allow_nan=False) + "\n" for g in book.graded
    )


def _grading(book: Book, graded: Graded) -> dict[str, Any]:
    submission, unit, grading = graded.submission, graded.unit, graded.grading
    kata = book.plan.kata(submission.slug)
    points = book.cells[submission.learner, submission.slug].points if graded.counts else None
    verdict = None
    if grading is not None:
        verdict = verdict_data(kata, grading.verdict)
        del verdict["duration"]  # the one thing that differs each time
        for check in verdict["checks"]:
            del check["duration"]
    return {
        "format": FORMAT,
        "version": VERSION,
        "learner": _text(submission.learner),
        "file": _text(submission.place),
        "kata": kata.id,
        "slug": kata.slug,
        "pack": kata.pack,
        "placed_by": submission.how,
        "counts": graded.counts,
        "untouched": submission.untouched,
        "status": "not judged" if graded.standing == "not judged" else _status(graded),
        "reason": _text(graded.reason) or None,
        "points": points,
        "digest": unit.digest,
        "suite": unit.suite,
        "engine": unit.engine,
        "versions": versions(),
        "seeds": list(unit.seeds),
        "judged": [] if grading is None else list(grading.seeds),
        "isolation": None if grading is None else grading.verdict.isolation,
        "verdict": verdict,
    }


def _status(graded: Graded) -> str:
    return "pass" if graded.standing == "pass" else "fail"


def _text(text: str) -> str:
    return text.encode("utf-8", "replace").decode("utf-8")
