"""What a course system's table is: who its rows are about, and which of its cells take grades."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Person:
    """Whom a row is about.

    Attributes:
        row: its number.
        account: the system and its own number of them, such as ``moodle 12345``; empty where it
            isn't told.
        ids: addresses, logins and other numbers, which mean somebody only to the letter.
        names: what they may be called.
        closed: why nothing is filled in here, as a part of a sentence; empty where it may be.
    """

    row: int
    account: str
    ids: tuple[str, ...]
    names: tuple[str, ...]
    closed: str = ""

    @property
    def shown(self) -> str:
        """What to call them when something is told of them."""
        return next((w for w in (*self.names, *self.ids, self.account) if w), f"row {self.row + 1}")


@dataclass(frozen=True)
class Column:
    """Where the grades for one assignment stand.

    Attributes:
        title: as in the table.
        index: its number.
        called: the title without what the system adds to the assignment's name.
        feedback: number of the column with the words about these grades; None where there is none.
        most: points that an assignment is worth at most; None where it isn't told.
    """

    title: str
    index: int
    called: str
    feedback: int | None = None
    most: float | None = None


@dataclass(frozen=True)
class Form:
    """A table that was recognised.

    Attributes:
        system: whose it is, for people.
        people: those of whom it has a row.
        columns: those that take grades.
        single: whether it is about one assignment, so that all points go into its one column.
        kept: what a cell may say instead of a grade that nobody's points replace.
    """

    system: str
    people: tuple[Person, ...]
    columns: tuple[Column, ...]
    single: bool = False
    kept: frozenset[str] = frozenset()


def number(text: str) -> float | None:
    """The number that a cell says, whichever sign it has before its decimals."""
    try:
        return float(text.strip().replace(",", "."))
    except ValueError:
        return None


def first(row: tuple[str, ...], index: int | None) -> str:
    """A cell, or nothing where a row is too short or a table doesn't have the column."""
    return row[index].strip() if index is not None and index < len(row) else ""
