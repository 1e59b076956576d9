"""All that a room was ever told by this workspace, in lines that a person reads."""

from collections.abc import Iterator
from typing import Any

from dojo.joined import joining, membership
from dojo.joined.membership import Membership
from dojo.joined.seat import Seat
from dojo.words.numbers import count

_FIRST = ("n", "at", "kind", "kata", "source")


def lines(seat: Seat, left: bool) -> Iterator[str]:
    """What was sent or waits: who, then each event with all of its fields.

    Args:
        seat: whose.
        left: whether the learner takes part no more.
    """
    member, known, kept = seat.member, seat.news(), seat.kept()
    yield _heading(member, left)
    yield f"sent when you joined: the name {member.name!r}, kata's version {joining.engine()!r}"
    first = kept.events[0]["n"] if kept.events else known.upto + 1
    if first > 1:
        yield f"events up to {first - 1} were sent, too; they are no longer kept here"
    for event in kept.events:
        yield from _event(event, event["n"] <= known.upto)
    if kept.damaged:
        yield f"{count(kept.damaged, 'damaged line')} can't be read, and will not be sent"
    if not kept.events:
        yield "Nothing else was sent, and nothing waits."


def _heading(member: Membership, left: bool) -> str:
    end = membership.until(member.expires)
    until = f", until {end.astimezone():%d %B %Y}" if end is not None else ""
    role = "you have left it" if left else f"as {member.name}"
    role += f" (learner {member.learner})"
    return f'Room "{member.title}" at {member.address}, {role}{until}.'


def _event(event: dict[str, Any], sent: bool) -> Iterator[str]:
    at = membership.until(str(event.get("at", "")))
    when = f"{at.astimezone():%Y-%m-%d %H:%M:%S}" if at is not None else "at some time"
    about = f" {event['kata']}" if event.get("kata") else ""
    state = "sent" if sent else "waits"
    yield f"{event['n']:>4}  {when}  {state:<5}  {event['kind']}{about}"
    for name, value in event.items():
        if name not in _FIRST:
            yield f"      {name}: {_plain(value)}"
    if isinstance(event.get("source"), str):
        yield "      source:"
        yield from (f"        {line}" for line in event["source"].splitlines())


def _plain(value: object) -> str:
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
