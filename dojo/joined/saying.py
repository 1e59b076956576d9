"""What a learner reads of the room: how telling it went, and what it says to all."""

import time
from dataclasses import dataclass, replace

from dojo.course.catalog import Catalog, Kata
from dojo.joined.membership import Membership
from dojo.joined.news import News
from dojo.joined.seat import Seat, Told


@dataclass(frozen=True)
class Said:
    """Texts for a screen, any of which may be empty.

    Attributes:
        quiet: how telling went, and how things stand.
        loud: what the instructor says to all, unless that was read before.
        timer: how long the room's timer still runs.
    """

    quiet: str = ""
    loud: str = ""
    timer: str = ""


def of(seat: Seat, told: Told, catalog: Catalog, slug: str = "") -> Said:
    """What is to be read now; from here on it counts as read.

    Args:
        seat: whose.
        told: what came of telling the room.
        catalog: for the ids of katas.
        slug: of the kata at hand, or empty.
    """
    known, member = told.news, seat.member
    if known.closed and known.farewell:
        return Said()
    sentences = [_outcome(member, told)]
    if not known.closed:
        sentences += [_board(told), _hand(told), _opened(known, catalog, slug)]
    loud = known.line
    if loud or known.closed or _hand(told):
        seat.note(_read)
    left = "" if known.closed else timer(known)
    return Said(" ".join(s for s in sentences if s), loud, left)


def timer(known: News) -> str:
    """How long the timer still runs, in a sentence; empty for no timer."""
    left = known.timer(time.time())
    if left is None:
        return ""
    if left <= 0:
        return "The time is up."
    minutes = int(left // 60)
    if minutes == 0:
        return "Less than a minute left."
    return "1 minute left." if minutes == 1 else f"{minutes} minutes left."


def room(member: Membership) -> str:
    """The room, as it is spoken of: ``the room "Monday"``."""
    return f'the room "{member.title}"' if member.title else "the room"


def withheld(seat: Seat, kata: Kata, reached: bool = True) -> str:
    """Why a solution isn't shown yet, in a sentence; empty if it may be.

    Args:
        seat: whose.
        kata: which.
        reached: the room was asked just now, and answered; or nobody asked.
    """
    if not seat.news().withholds(seat.member, kata.slug):
        return ""
    what = f"In {room(seat.member)} solutions are shown later, when the instructor says so."
    if not reached:
        return f"{what} It can't be reached just now; `kata leave` ends its say."
    return f"{what} `kata hint {kata.id}` gives a nudge."


def _outcome(member: Membership, told: Told) -> str:
    name = room(member)
    if told.news.closed:
        return f"{name[0].upper()}{name[1:]} is closed: nothing more is told."
    if told.refused:
        return f"{name[0].upper()}{name[1:]} took nothing: {told.refused}"
    if told.trouble:
        return f"Not told to {name} yet ({told.trouble}): it is kept, and sent later."
    if told.waiting:
        return f"Told to {name}, not all of it yet: the rest is sent later."
    return f"Told to {name}."


def _board(told: Told) -> str:
    state = told.news.state
    return "A board is open." if state is not None and state["board"] > 0 and _now(told) else ""


def _hand(told: Told) -> str:
    state = told.news.state
    lowered = told.news.asked and state is not None and not state["hand"]
    return "Your hand is down again." if lowered and _now(told) and not told.waiting else ""


def _opened(known: News, catalog: Catalog, slug: str) -> str:
    if known.state is None or not slug or not known.state["open"] or slug in known.state["open"]:
        return ""
    ids = [k.id for k in catalog.katas if k.slug in known.state["open"]]
    return f"Open in the room now: {', '.join(ids)}." if ids else ""


def _now(told: Told) -> bool:
    return not told.trouble and not told.refused


def _read(known: News) -> News:
    state = known.state
    return replace(
        known,
        shown=state["line"] if state is not None else known.shown,
        asked=known.asked and state is not None and state["hand"],
        farewell=known.closed,
    )
