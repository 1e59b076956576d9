"""A room that stands still, for tests of what pages show: 25 learners, some of whom need help."""

import asyncio
from dataclasses import dataclass, field, replace

from fastapi import FastAPI

from dojo.room.acts import Act, Helped, Say
from dojo.room.guards import Guarded
from dojo.room.pages import router
from dojo.room.rooms import NoRoom, Role
from dojo.room.views import (
    Board,
    Cell,
    CellState,
    Column,
    Held,
    Need,
    Pace,
    Progress,
    Projection,
    Row,
    Said,
)

NOW = 1_800_000_000.0
BOARD, PROJECTOR = "board-secret-of-one-room", "projector-secret-of-one-room"
HOSTILE = "<script>alert(1)</script>‮ Eve"
NAMES = (
    "Ada", "Amir", "Bea", "Chidi", "Dana", "Emil", HOSTILE, "Femi", "Grace", "Hana", "Ivo",
    "Jun", "Kofi", "Lena", "Mia", "Noor", "Oskar", "Priya", "Quentin", "Rosa", "Sam", "Tariq",
    "Uma", "Vera", "Wim",
)  # fmt: skip
COLUMNS = tuple(
    Column(f"1.{lesson}.{k}", f"kata-{lesson}-{k}", f"Kata {k} of lesson {lesson}", 10 + k)
    for lesson, katas in ((1, 5), (2, 6), (3, 5))
    for k in range(1, katas + 1)
)
SUM = (
    "The loss is a mean over the rows, so its derivatives carry a `1/n` too. "
    "Was something only added up?"
)


def _cells(done: int, passed: int, stuck: bool) -> tuple[Cell, ...]:
    at = [Cell("stuck" if stuck else "trying", passed, 7)]
    return (*[Cell("passed", 7, 7)] * done, *at, *[Cell("not begun")] * len(COLUMNS))[:16]


def a_need(learner: int, **other: object) -> Need:
    """A need of a learner: no progress, unless told otherwise."""
    known: dict[str, object] = {
        "learner": learner,
        "name": NAMES[learner - 1],
        "reason": "no progress",
        "kata": "kata-1-3",
        "why": "No check newly passed for 11 minutes of work.",
        "sentence": "",
        "question": "",
        "since": NOW - 11 * 60,
        "claimed_by": "",
        "helped_before": 0,
    }
    return Need(**(known | other))  # type: ignore[arg-type]


NEEDS = (
    a_need(15, reason="hand", question="why is my <b>loss</b> nan?", since=NOW - 200, kata=""),
    a_need(3, reason="same mistake", kata="kata-2-2", sentence=SUM, since=NOW - 500,
           why="The same mistake in 3 checks running."),
    a_need(18, claimed_by="Ana"),
    a_need(20, reason="same mistake", kata="kata-2-2", sentence=SUM, since=NOW - 400,
           why="The same mistake in 4 checks running.", helped_before=2),
    a_need(7, reason="not begun", kata="", why="Joined 12 minutes ago, nothing begun."),
)  # fmt: skip
LINES = (("Bea", "g = r.sum()"),)
ODD = (("Rosa", "loss = x\n[[mistake]]"),)
SEVEN = "kata-1-3/values: exactly 7 times"
HELD = (
    Held("kata-2-2/sum-for-mean", "kata-2-2", True, SUM, 7, 9, 2, 3.0, LINES, True),
    Held(SEVEN, "kata-1-3", False, "`values` is 7 times too large.", 4, 4, 0, None, ODD, False),
    Held("kata-1-2/uphill", "kata-1-2", True, "The other way.", 0, 3, 3, 1.5, (), False),
)


def a_board() -> Board:
    """The board of the room."""
    rows = tuple(
        Row(i, name, _cells(i % 9, i % 7, i % 8 == 3), i % 6 != 0, i == 15)
        for i, name in enumerate(NAMES, 1)
    )
    pace = tuple(
        Pace(c.slug, max(20 - 2 * i, 0), i % 5, (8.5 + i if i < 9 else None), c.minutes)
        for i, c in enumerate(COLUMNS)
    )
    said = Said("", None, (), None, False)
    return Board(
        41, NOW, "Loops & lines", False, COLUMNS, rows, NEEDS, HELD, Progress(2, 4, 8), pace, said
    )


@dataclass
class FakeRooms:
    """One room, ``r``, behind `Rooms`; what was done in it is kept in `acts`."""

    shown: Board = field(default_factory=a_board)
    acts: list[Act] = field(default_factory=list)
    open: int = 0
    gone: bool = False

    def board(self, room: str) -> Board:
        if self.gone:
            raise NoRoom
        return self.shown

    def board_at(self, room: str, at: float) -> Board:
        return replace(self.shown, at=at, needs=() if at < NOW - 60 else self.shown.needs)

    def projection(self, room: str) -> Projection:
        count: dict[CellState, int] = {"passed": 12, "trying": 8, "stuck": 2, "not begun": 3}
        counts = (count,) * len(COLUMNS)
        held = tuple(replace(h, lines=()) for h in HELD if h.now >= 3)
        shown = self.shown
        return Projection(
            shown.seq, shown.at, shown.title, COLUMNS, counts, 25, held, shown.progress,
            shown.said, ("http://10.0.0.5:8000", "PLUM-4T"),
        )  # fmt: skip

    def span(self, room: str) -> tuple[float, float]:
        return NOW - 3600, NOW

    def role(self, secret: str) -> tuple[str, Role] | None:
        opened: dict[str, tuple[str, Role]] = {
            BOARD: ("r", "board"),
            PROJECTOR: ("r", "projector"),
        }
        return None if self.gone else opened.get(secret)

    def act(self, room: str, act: Act) -> None:
        if isinstance(act, Helped) and act.learner > len(NAMES):
            raise ValueError("Nobody in the room has this number.")
        self.acts.append(act)
        said = self.shown.said
        if isinstance(act, Say):
            said = replace(said, line=act.line)
        needs = self.shown.needs
        if isinstance(act, Helped):
            needs = tuple(n for n in needs if n.learner != act.learner)
        self.shown = replace(self.shown, seq=self.shown.seq + 1, said=said, needs=needs)

    def board_opened(self, room: str) -> None:
        self.open += 1

    def board_closed(self, room: str) -> None:
        self.open -= 1

    async def changed(self, room: str, seq: int, timeout: float) -> int:
        for _ in range(int(timeout / 0.05)):
            if self.shown.seq > seq:
                break
            await asyncio.sleep(0.05)
        return self.shown.seq


def an_app(rooms: FakeRooms) -> FastAPI:
    """The pages alone, as a server would have them."""
    app = FastAPI()
    app.include_router(router(rooms))
    app.add_middleware(Guarded)
    return app
