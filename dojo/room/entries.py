"""What the log of a room holds: what learners report and what the instructor does, in one order.

Text in it is other people's. Nothing here knows where the log is kept.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

CLOSE = "close"  # the act
JOINED, FORGOTTEN = "joined", "forgotten"  # the room's own words; no learner's event is called so
MOST_NAMES = 200  # of checks or mistakes in one event
MOST_NAME = 200  # characters of one


@dataclass(frozen=True)
class Entry:
    """One line of the log.

    Attributes:
        seq: grows by one or more with each entry of a room.
        at: the room's clock when it was stored, in seconds; never before the entry before.
        learner: whose event it is, or None: an act, or the room's own word.
        n: the learner's number of it; 0 for having joined.
        kind: of the event or act; may be one that this version doesn't know.
        data: the rest, as JSON has it. Types are the sender's: read it through `texts` and so on.
    """

    seq: int
    at: float
    learner: int | None
    n: int | None
    kind: str
    data: Mapping[str, Any] = field(repr=False)


def text(data: Mapping[str, Any], name: str, most: int = MOST_NAME) -> str:
    """A text, shortened; empty where there is none."""
    value = data.get(name)
    return _plain(value[:most]) if isinstance(value, str) else ""


def texts(data: Mapping[str, Any], name: str) -> tuple[str, ...]:
    """A list of short texts, each once; what is something else is passed over."""
    value = data.get(name)
    if not isinstance(value, list):
        return ()
    some = [_plain(v[:MOST_NAME]) for v in value[:MOST_NAMES] if isinstance(v, str)]
    return tuple(dict.fromkeys(some))


def whole(data: Mapping[str, Any], name: str, most: int = 10_000) -> int:
    """A whole number from 0 to ``most``; 0 where there is none."""
    value = data.get(name)
    if not isinstance(value, int) or isinstance(value, bool):
        return 0
    return min(max(value, 0), most)


def flag(data: Mapping[str, Any], name: str) -> bool:
    """Whether something is said to be so."""
    return data.get(name) is True


def _plain(text: str) -> str:
    """A text that can be written as UTF-8: half a character is none."""
    return text if text.isascii() else text.encode("utf-8", "replace").decode("utf-8")
