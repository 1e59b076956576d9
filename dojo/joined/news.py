"""What a room said last, and what of it was shown: ``.kata/room-news.json``.

Stored, so that a line to all waits for the next check, wherever it was received. A damaged file
is an empty one: what was sent is then sent again, which does no harm.
"""

import json
import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from pathlib import Path
from typing import Any

from dojo.desk.workspace import NEWS
from dojo.joined.membership import PRIVATE, Membership
from dojo.joined.protocol import MOST_TEXT, State
from dojo.machine import files

_MOST_BYTES = 256 * 2**10
_LONGEST_TIMER = 24 * 3600.0  # seconds; a clock that shows more was set anew
_JUST_ENDED = 120.0  # seconds


@dataclass(frozen=True)
class News:
    """What is known of the room.

    Attributes:
        upto: the room has all events up to this number.
        state: what it said last, or None before that.
        at: when that was, by this machine's clock.
        shown: the line to all that was shown last.
        begun: slugs of the katas of which the beginning was told.
        asked: a hand was raised, and nothing said yet that it is down again.
        farewell: it was shown that the room is closed.
    """

    upto: int = 0
    state: State | None = None
    at: float = 0.0
    shown: str = ""
    begun: tuple[str, ...] = ()
    asked: bool = False
    farewell: bool = False

    @property
    def closed(self) -> bool:
        """Whether the room takes nothing more."""
        return self.state is not None and self.state["closed"]

    @property
    def line(self) -> str:
        """The line to all, if it wasn't shown yet."""
        line = self.state["line"] if self.state is not None else ""
        return "" if line == self.shown else line

    def withholds(self, member: Membership, slug: str) -> bool:
        """Whether the room wants a kata's solution not to be shown yet."""
        if self.state is None or self.closed or member.expired:
            return False
        return member.is_about(slug) and not self.state["solutions"]

    def timer(self, now: float) -> float | None:
        """Seconds until the timer ends, negative when it has just ended; None for no timer."""
        ends = self.state["timer_ends"] if self.state is not None else None
        if ends is None or not 0 <= now - self.at < _LONGEST_TIMER:
            return None
        left = ends - (now - self.at)
        return left if -_JUST_ENDED < left < _LONGEST_TIMER else None

    def heard(self, state: State, upto: int, hands: Sequence[str] = ()) -> "News":
        """This after an answer of the room.

        Args:
            state: what the room says.
            upto: the number up to which it has everything.
            hands: kinds of the events about a hand that it took just now.
        """
        shown = self.shown if state["line"] else ""  # the same words, said anew, are new
        asked = hands[-1] == "asked" if hands else self.asked
        upto = max(self.upto, upto)
        return replace(self, state=state, at=time.time(), upto=upto, shown=shown, asked=asked)


def state_of(value: object) -> State:
    """A room's state from an answer; what an older room doesn't say has its plain value.

    Raises:
        ValueError: it has another form.
    """
    if not isinstance(value, Mapping):
        raise ValueError("a state was expected")
    ends = value.get("timer_ends")
    if ends is not None and (type(ends) not in (int, float) or not math.isfinite(ends)):
        raise ValueError("a timer is a number")
    slugs = _typed(value, "open", list, [])
    if not all(isinstance(slug, str) for slug in slugs):
        raise ValueError("katas go by names")
    return State(
        seq=_typed(value, "seq", int, 0),
        line=_typed(value, "line", str, "")[:MOST_TEXT],
        timer_ends=None if ends is None else float(ends),
        open=slugs,
        solutions=_typed(value, "solutions", bool, True),
        board=_typed(value, "board", int, 0),
        hand=_typed(value, "hand", bool, False),
        closed=_typed(value, "closed", bool, False),
    )


def read(state: Path) -> News:
    """What is known; nothing where that can't be read."""
    try:
        files.refuse_link(state)
        table = json.loads(files.read_plain(state / NEWS, _MOST_BYTES))
        at = table["at"]
        if type(at) not in (int, float) or not math.isfinite(at):
            return News()
        return News(
            upto=_typed(table, "upto", int, 0),
            state=state_of(table["state"]) if table.get("state") is not None else None,
            at=float(at),
            shown=_typed(table, "shown", str, ""),
            begun=tuple(x for x in _typed(table, "begun", list, []) if isinstance(x, str)),
            asked=_typed(table, "asked", bool, False),
            farewell=_typed(table, "farewell", bool, False),
        )
    except (OSError, KeyError, TypeError, ValueError, OverflowError, RecursionError):
        return News()


def write(state: Path, news: News) -> None:
    """Keep what is known.

    Raises:
        OSError: it can't be written.
    """
    content = json.dumps(asdict(news)).encode("utf-8", "replace")
    files.replace_whole(state / NEWS, content, PRIVATE)


def _typed(table: Mapping[str, Any], name: str, kind: type, default: Any) -> Any:
    value = table.get(name, default)
    if type(value) is not kind:
        raise ValueError(f"{name} is of another form")
    return value
