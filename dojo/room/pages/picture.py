"""A board at one moment as HTML, part by part, and what of it differs from another moment.

Parts are the outer HTML of the elements whose ids are their keys. A row of the room is a part of
its own, so that one learner's check costs one row, however many there are.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, cached_property
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from dojo.room.pages import arranged, words
from dojo.room.views import Board, Column, Projection, Row
from dojo.screens.text import count


@dataclass(frozen=True)
class Picture:
    """What a page shows at one moment.

    Attributes:
        seq: of the last event or act in it.
        at: the room's time, seconds since the epoch.
        parts: HTML by id, without the room's table.
        shape: what must be equal for rows to be exchanged one by one; None where there are none.
        rows: HTML of the room's rows by id.
    """

    seq: int
    at: float
    parts: Mapping[str, str]
    shape: tuple[object, ...] | None = None
    rows: Mapping[str, str] | None = None

    def whole(self) -> dict[str, str]:
        """All parts, the room's table with its rows in it."""
        if self.rows is None:
            return dict(self.parts)
        return {**self.parts, "room": _room(self)}

    @cached_property
    def message(self) -> str:
        """The whole as pages are sent it; made once, for all boards come back at the same time."""
        return self.message_of(self.whole())

    def message_of(self, parts: Mapping[str, str]) -> str:
        """What a page is sent, as JSON: parts by id, with number and time."""
        return json.dumps({"seq": self.seq, "at": self.at, "parts": parts})

    def since(self, old: "Picture") -> dict[str, str]:
        """The parts that differ from those of an older picture."""
        parts = {i: html for i, html in self.parts.items() if old.parts.get(i) != html}
        if self.rows is None or old.rows is None:
            return parts
        if self.shape != old.shape:
            return {**parts, "room": _room(self)}
        return parts | {i: html for i, html in self.rows.items() if old.rows[i] != html}


class Painter:
    """Makes pictures of one room's board; paints a row again only when it changed."""

    def __init__(self) -> None:
        self._columns: tuple[Column, ...] = ()
        self._rows: dict[int, tuple[Row, str]] = {}
        self._last: tuple[object, str] = (None, "")

    def board(self, board: Board, acts: bool = True) -> Picture:
        """The board.

        Args:
            board: what it shows.
            acts: with the buttons of the instructor; a replay has none.
        """
        known = {
            "board": board,
            "acts": acts,
            "titled": arranged.titled(board.columns),
            "firsts": arranged.firsts(board.columns),
        }
        rows = self._painted(board)
        rows["room-totals"] = html(
            "totals.html", **known, passed=arranged.passed(board.rows, len(board.columns))
        )
        parts = {
            "summary": html("summary.html", **known, hands=arranged.hands(board)),
            "needs": _needs(board, known),
            "held": self._held(board, known),
            "pace": html("pace.html", **known),
            "said": html("said.html", **known),
        }
        if acts:
            parts["opens"] = html("opens.html", **known)
        shape = (board.columns, tuple(row.learner for row in board.rows))
        return Picture(board.seq, board.at, parts, shape, rows)

    def _held(self, board: Board, known: Mapping[str, object]) -> str:
        made_from = board.held, board.columns, known["acts"]
        if self._last[0] != made_from:
            made = html("held.html", **known, held=arranged.leading(board.held))
            self._last = made_from, made
        return self._last[1]

    def _painted(self, board: Board) -> dict[str, str]:
        if board.columns != self._columns:
            self._columns = board.columns
            self._rows.clear()
        firsts = arranged.firsts(board.columns)
        painted: dict[int, tuple[Row, str]] = {}
        for row in board.rows:
            old = self._rows.get(row.learner)
            if old is None or old[0] != row:
                old = row, html("row.html", row=row, columns=board.columns, firsts=firsts)
            painted[row.learner] = old
        self._rows = painted
        return {f"row-{learner}": made for learner, (_, made) in painted.items()}


def projection(shown: Projection) -> Picture:
    """What a projector shows."""
    known = {"shown": shown, "titled": arranged.titled(shown.columns)}
    names = ("summary", "told", "counts", "held", "join")
    parts = {f"p-{name}": html(f"projector_{name}.html", **known) for name in names}
    return Picture(shown.seq, shown.at, parts)


def html(template: str, **known: object) -> str:
    """A template filled in; everything in it is escaped, and a name that is missing an error."""
    return _environment().get_template(template).render(**known)


def _needs(board: Board, known: Mapping[str, object]) -> str:
    groups = arranged.together(board.needs[: arranged.MOST_NEEDS])
    more = max(len(board.needs) - arranged.MOST_NEEDS, 0)
    return html("needs.html", **known, groups=groups, more=more)


def _room(picture: Picture) -> str:
    assert picture.shape is not None
    assert picture.rows is not None
    columns, learners = picture.shape
    rows = dict(picture.rows)
    totals = rows.pop("room-totals")
    return html(
        "room.html", columns=columns, learners=learners, rows=list(rows.values()), totals=totals
    )


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("dojo.room.pages"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    filters = ("text", "code", "prose", "lasting", "left", "number", "times")
    environment.filters.update({name: getattr(words, name) for name in filters})
    known: dict[str, Any] = {
        "SIGNS": words.SIGNS,
        "REASONS": words.REASONS,
        "standing": words.standing,
        "filled": words.filled,
        "count": count,
        "key_of": arranged.key_of,
        "firsts_of": arranged.firsts,
    }
    environment.globals.update(known)
    return environment
