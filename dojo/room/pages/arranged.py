"""What a board's parts show, arranged: needs by mistake, totals by kata, what leads.

Plain data from plain data; knows nothing of HTML.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from hashlib import sha256

from dojo.room.views import Board, Column, Held, Need, Row

MOST_NEEDS = 40  # people who are shown to need help; a hundred are no list to work by
MOST_HELD = 5  # mistakes that are open to see; the rest are folded away


@dataclass(frozen=True)
class Together:
    """Those whom one sentence would help, or one person.

    Attributes:
        key: the same for as long as they belong together; fit for an id.
        kata: slug of the kata, or empty.
        sentence: the mistake's sentence, or empty.
        needs: one or more, in the order in which to go to them.
    """

    key: str
    kata: str
    sentence: str
    needs: tuple[Need, ...]


def key_of(words: str) -> str:
    """A short name for any text, fit for an id."""
    return sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def together(needs: Iterable[Need]) -> tuple[Together, ...]:
    """Needs grouped by mistake: a group stands where its first one would."""
    groups: dict[str, list[Need]] = {}
    for need in needs:
        alone = f"{need.learner} {need.reason} {need.kata}"
        groups.setdefault(f"{need.kata} {need.sentence}" if need.sentence else alone, []).append(
            need
        )
    return tuple(
        Together(key_of(key), some[0].kata, some[0].sentence, tuple(some))
        for key, some in groups.items()
    )


def passed(rows: Sequence[Row], columns: int) -> tuple[int, ...]:
    """For each column, how many learners have passed it."""
    return tuple(sum(row.cells[i].state == "passed" for row in rows) for i in range(columns))


def lesson(column: Column) -> str:
    """The lesson of a kata."""
    return column.id.rpartition(".")[0]


def firsts(columns: Iterable[Column]) -> frozenset[str]:
    """Slugs of the katas with which a lesson begins."""
    seen: set[str] = set()
    first: set[str] = set()
    for column in columns:
        if lesson(column) not in seen:
            first.add(column.slug)
            seen.add(lesson(column))
    return frozenset(first)


def titled(columns: Iterable[Column]) -> dict[str, Column]:
    """The katas by their slugs."""
    return {column.slug: column for column in columns}


def hands(board: Board) -> int:
    """How many hands are up."""
    return sum(row.hand for row in board.rows)


def leading(held: tuple[Held, ...]) -> tuple[tuple[Held, ...], tuple[Held, ...]]:
    """What is shown at once, and what is folded away: what nobody is in now, and the rest."""
    now = [h for h in held if h.now]
    shown = tuple(now[:MOST_HELD])
    return shown, tuple(h for h in held if h not in shown)
