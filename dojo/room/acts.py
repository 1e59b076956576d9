"""What an instructor does in a room: stored in the same log as what learners report.

So the fold sees both in one order, and a replay shows what was done when. Knows nothing of how
the log is kept.
"""

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from dojo.room.entries import CLOSE

MOST_LINE = 300  # characters of a line to all
MOST_BY = 40  # characters of a helper's name
MOST_MINUTES = 24 * 60.0


@dataclass(frozen=True)
class Helped:
    """Somebody was helped: their hand goes down and the rules begin to count anew.

    Attributes:
        learner: whom.
        by: the helper's name, or empty.
    """

    learner: int
    by: str = ""


@dataclass(frozen=True)
class Snooze:
    """Don't show for some minutes that somebody needs help; a hand raised meanwhile is shown."""

    learner: int
    minutes: float = 5.0


@dataclass(frozen=True)
class Claim:
    """A helper goes to somebody; an empty name takes that back."""

    learner: int
    by: str


@dataclass(frozen=True)
class LowerHand:
    """A raised hand is answered."""

    learner: int


@dataclass(frozen=True)
class PauseHands:
    """From now on hands can't be raised, or can again."""

    paused: bool


@dataclass(frozen=True)
class Say:
    """A line to all; empty takes it away."""

    line: str


@dataclass(frozen=True)
class Timer:
    """A timer that ends in some minutes, or None: there is none."""

    minutes: float | None


@dataclass(frozen=True)
class OpenKatas:
    """The katas that are open, by their slugs; none of them named: all of the room's."""

    slugs: tuple[str, ...]


@dataclass(frozen=True)
class SolutionsFrom:
    """Solutions may be shown from a moment on (seconds of the room's clock); None: never."""

    at: float | None


@dataclass(frozen=True)
class Close:
    """The room takes nothing more."""


Act = (
    Helped
    | Snooze
    | Claim
    | LowerHand
    | PauseHands
    | Say
    | Timer
    | OpenKatas
    | SolutionsFrom
    | Close
)

_KINDS: dict[str, Callable[..., Act]] = {
    "helped": Helped,
    "snooze": Snooze,
    "claim": Claim,
    "lower hand": LowerHand,
    "pause hands": PauseHands,
    "say": Say,
    "timer": Timer,
    "open katas": OpenKatas,
    "solutions from": SolutionsFrom,
    CLOSE: Close,
}
KINDS = tuple(_KINDS)


def kind_of(act: Act) -> str:
    """What an act is called in the log."""
    return next(kind for kind, made in _KINDS.items() if made is type(act))


def to_data(act: Act) -> dict[str, Any]:
    """An act's fields as JSON has them, bounded."""
    data = dataclasses.asdict(act)
    for name, most in (("line", MOST_LINE), ("by", MOST_BY)):
        if name in data:
            data[name] = data[name][:most]
    if data.get("minutes") is not None:
        data["minutes"] = min(max(float(data["minutes"]), 0.0), MOST_MINUTES)
    if "slugs" in data:
        data["slugs"] = list(data["slugs"])
    return data


def from_data(kind: str, data: Mapping[str, Any]) -> Act | None:
    """The act of a log's entry; None where it is one that this version doesn't know."""
    make = _KINDS.get(kind)
    if make is None:
        return None
    values = {**data, "slugs": tuple(data["slugs"])} if "slugs" in data else data
    try:
        return make(**values)
    except TypeError:
        return None
