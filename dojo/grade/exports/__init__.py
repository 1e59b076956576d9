"""Grades in the tables of other graders: one module for each, which knows the book and no more.

Each writes whole numbers, and a row for everybody who has one in the book.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from dojo.grade.exports import gradescope, nbgrader

if TYPE_CHECKING:
    from dojo.grade.marks import Book

EXPORTS: "dict[str, Callable[[Book], str]]" = {
    "gradescope": gradescope.table,
    "nbgrader": nbgrader.table,
}
"""By the name that `--export` takes: the text of a CSV file that is called so."""
