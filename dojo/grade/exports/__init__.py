"""Grades in the tables of other graders: one module for each, which knows the book and no more.

Each writes whole numbers, and a row for everybody who has one in the book.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dojo.grade.marks import Book


def _gradescope(book: "Book") -> str:
    from dojo.grade.exports.gradescope import table

    return table(book)


def _nbgrader(book: "Book") -> str:
    from dojo.grade.exports.nbgrader import table

    return table(book)


EXPORTS: "dict[str, Callable[[Book], str]]" = {"gradescope": _gradescope, "nbgrader": _nbgrader}
"""By the name that `--export` takes: the text of a CSV file that is called so."""
