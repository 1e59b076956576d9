"""What a card lists of its kata: the known mistakes, and the changes that no check needs to see."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dojo.course.card import prose

Edits = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Mistake:
    """A known wrong variant of a kata's solution.

    Attributes:
        id: a short name in kebab-case, unique on its card.
        edits: pairs (old, new) applied to a text one after the other.
        says: the explanation that a learner who made it reads; empty where a relation is told.
        base: the alternative (``loops``) whose text that is; empty for the solution.
        also: other ways to make it, each like ``edits``.
        relation: what has to be told of it, such as ``factor n``, where it has no words of its own.
    """

    id: str
    edits: Edits
    says: str
    base: str = ""
    also: tuple[Edits, ...] = ()
    relation: str = ""

    def ways(self) -> "tuple[Mistake, ...]":
        """The mistake made in each of its ways: that of ``edits`` first."""
        return tuple(replace(self, edits=edits, also=()) for edits in (self.edits, *self.also))


@dataclass(frozen=True)
class Survivor:
    """Changes of the solution that the suite rightly accepts (see `kata dev mutate`).

    Attributes:
        edits: pairs (old, new) of lines, as `kata dev mutate` shows them.
        why: the reason: the same program, or something that the stub leaves open.
        lines: any change of these is accepted for that reason.
    """

    edits: tuple[tuple[str, str], ...]
    why: str
    lines: tuple[str, ...] = ()


def mistake_of(table: Mapping[str, Any]) -> Mistake:
    """A mistake, from its table on a card."""
    also = tuple(map(_pairs, table.get("also", ())))
    says, relation = prose(table.get("says", "")), table.get("relation", "")
    return Mistake(table["id"], _pairs(table["edits"]), says, table.get("in", ""), also, relation)


def survivor_of(table: Mapping[str, Any]) -> Survivor:
    """A survivor, from its table."""
    lines = tuple(table.get("lines", ()))
    return Survivor(_pairs(table.get("edits", ())), prose(table["why"]), lines)


def _pairs(edits: Iterable[Sequence[str]]) -> Edits:
    return tuple((old, new) for old, new in edits)
