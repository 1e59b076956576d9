"""Answers without work in them: what a suite may ask of an object counts as well."""

from typing import Any

from dojo.authors.empty import returning_input, returning_zeros

ROWS = """
class Rows:
    def __init__(self, rows):
        self.rows = rows

    def __getitem__(self, i):
        return self.rows[i]
"""


def made(source: str) -> Any:
    space: dict[str, Any] = {}
    exec(source, space)
    return space["Rows"]([5.0, 6.0])


def test_an_item_is_what_it_was_asked_for_by() -> None:
    assert made(returning_input(ROWS))[1] == 1


def test_an_item_is_zero() -> None:
    assert made(returning_zeros(ROWS))[1] == 0.0
