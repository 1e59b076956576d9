"""What a board shows at one moment, as plain frozen data; and what a projector may show of it.

The fold makes them, pages and exports show them. Nothing here knows how either is done. Times are
seconds of the room's clock (since the epoch) unless they say otherwise.
"""

from dataclasses import dataclass
from typing import Literal

CellState = Literal["not begun", "trying", "stuck", "passed"]
Reason = Literal["hand", "same mistake", "no progress", "not begun", "no hints left"]


@dataclass(frozen=True)
class Column:
    """A kata of the room: its id, its slug, its title, and the card's estimate in minutes."""

    id: str
    slug: str
    title: str
    minutes: int


@dataclass(frozen=True)
class Cell:
    """How far one learner is with one kata: state, checks passed at the last check, checks."""

    state: CellState
    passed: int = 0
    checks: int = 0


@dataclass(frozen=True)
class Row:
    """One learner; the cells stand in the order of the columns.

    Attributes:
        learner: number in this room, from 1.
        name: what they want to be called; any text.
        cells: one for each column.
        active: something came from them in the last 5 minutes.
        hand: their hand is up.
    """

    learner: int
    name: str
    cells: tuple[Cell, ...]
    active: bool
    hand: bool


@dataclass(frozen=True)
class Need:
    """Somebody who needs help, and why; in the order in which to go to them.

    Attributes:
        learner: their number.
        name: their name.
        reason: which of the five rules holds.
        kata: slug of the kata, or empty.
        why: the reason in words, one sentence.
        sentence: the mistake's sentence: what the instructor would say; or empty.
        question: what they asked; any text, or empty.
        since: when it began to hold.
        claimed_by: the name of the helper who goes there, or empty.
        helped_before: how many times they were helped.
    """

    learner: int
    name: str
    reason: Reason
    kata: str
    why: str
    sentence: str
    question: str
    since: float
    claimed_by: str
    helped_before: int


@dataclass(frozen=True)
class Held:
    """What holds the room back: a mistake, or a group of failures without a name.

    Attributes:
        key: ``slug/mistake id``, or ``slug/check: relation`` for a group without a name.
        kata: slug of the kata.
        named: whether it is a known mistake.
        sentence: what it means, one sentence; for a group: which check fails, and how.
        now: people whose last check of this kata shows it.
        ever: people who were ever in it.
        out: people who got out of it.
        checks: median of the checks that those who got out needed, or None.
        lines: lines of those who shared code, as ``(learner's name, text)``.
        talk: "talk to all" is suggested.
    """

    key: str
    kata: str
    named: bool
    sentence: str
    now: int
    ever: int
    out: int
    checks: float | None
    lines: tuple[tuple[str, str], ...]
    talk: bool


@dataclass(frozen=True)
class Pace:
    """How long one kata takes here: people who passed, quartiles in minutes (None: nobody yet)."""

    kata: str
    passed: int
    trying: int
    median: float | None
    estimate: int


@dataclass(frozen=True)
class Progress:
    """How many katas the slowest quarter, the median and the quickest learner have passed."""

    slow_quarter: int
    median: int
    quickest: int


@dataclass(frozen=True)
class Said:
    """What the instructor told the room; see `dojo.joined.protocol.State`.

    Attributes:
        line: to all, or empty.
        timer_ends: when the timer ends, or None.
        open: slugs of the open katas; empty for all.
        solutions_from: when solutions may be shown, or None for never.
        hands_paused: hands can't be raised for now.
    """

    line: str
    timer_ends: float | None
    open: tuple[str, ...]
    solutions_from: float | None
    hands_paused: bool


@dataclass(frozen=True)
class Board:
    """Everything on the instructor's board at one moment.

    Attributes:
        seq: sequence number of the last event or act in it.
        at: the room's time.
        title: of the room.
        closed: it takes nothing more.
        columns: the katas.
        rows: the learners, by name.
        needs: who needs help, first first.
        held: what holds the room back, worst first.
        progress: of the room.
        pace: of each kata.
        said: what the room was told.
    """

    seq: int
    at: float
    title: str
    closed: bool
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    needs: tuple[Need, ...]
    held: tuple[Held, ...]
    progress: Progress
    pace: tuple[Pace, ...]
    said: Said


@dataclass(frozen=True)
class Projection:
    """What everybody may see: counts, no names, no mistake of fewer than three people.

    Attributes:
        seq: as of the board.
        at: as of the board.
        title: of the room.
        columns: the katas.
        counts: for each column, how many learners are in each state.
        learners: how many took part.
        held: mistakes that three or more are in, without lines.
        progress: of the room.
        said: what the room was told.
        join: the address and the code, to be shown while the room is open.
    """

    seq: int
    at: float
    title: str
    columns: tuple[Column, ...]
    counts: tuple[dict[CellState, int], ...]
    learners: int
    held: tuple[Held, ...]
    progress: Progress
    said: Said
    join: tuple[str, str]
