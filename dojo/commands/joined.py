"""`kata join`, `ask`, `share` and `leave`: a learner's end of a live room, by hand."""

import hashlib
import json
import sys
from dataclasses import replace

import click

from dojo.commands.telling import show_said
from dojo.course.catalog import Kata
from dojo.desk.desk import Desk
from dojo.desk.subject import Refusal, subject_of
from dojo.desk.workspace import MEMBERSHIP
from dojo.errors import UsageError
from dojo.joined import events, joining, listing, membership, saying, seat
from dojo.joined.events import Unnumbered
from dojo.joined.membership import Membership
from dojo.joined.protocol import MOST_NAME, MOST_SOURCE, MOST_TEXT
from dojo.joined.seat import Seat, Told
from dojo.joined.web import RefusedError, UnreachableError
from dojo.screens.terminal import Terminal
from dojo.screens.text import clean, count

PATIENCE = 5.0  # seconds for what a person asked for and waits for
_WHAT = (
    "From now on it is told of each check: which kata, how it ended, which checks passed and "
    "failed, which known mistakes were recognised or how a wrong number relates to the right one, "
    "when and how long, and the file's SHA-256; and that you used `kata next` or `kata hint`. Your "
    "code is never sent, unless you say `kata share`."
)


def join(desk: Desk, address: str | None, code: str | None, name: str | None) -> None:
    """Take part in a room.

    Raises:
        UsageError: that can't be.
    """
    terminal = Terminal(sys.stdout)
    if desk.workspace.has_joined:
        member = _member(desk)
        raise UsageError(f"You are in {saying.room(member)} already; `kata leave` ends that.")
    if address is not None and code is None:  # as the QR code has it, in one piece
        address, _, code = address.partition("#")
    if not address or not code:
        raise UsageError(
            "Name the address and the join code of your room: "
            "`kata join http://10.0.0.5:8000 PLUM-4T`. Your instructor has both."
        )
    if name is None:
        name = _asked_name()
    name = joining.checked_name(name)
    member = joining.join(desk.workspace.state, address, code, name)
    terminal.prose(f"You are in {saying.room(member)} as {member.name}.", indent=0)
    terminal.prose(_WHAT, indent=0)
    terminal.prose(
        "`kata join --show` lists all that was sent, `kata ask` raises your hand, `kata leave` "
        "ends it.", indent=0,
    )  # fmt: skip
    if member.address.startswith("http://"):
        terminal.prose(
            "The address begins with http, not https: others in the same network may read along.",
            indent=0, style="dim",
        )  # fmt: skip


def show(desk: Desk) -> None:
    """Print all that was ever sent or waits.

    Raises:
        UsageError: this workspace never joined a room.
    """
    left = not desk.workspace.has_joined
    for line in listing.lines(_seat(desk, left), left):
        print(clean(line))


def ask(desk: Desk, text: str, done: bool) -> None:
    """Raise a hand, perhaps with a question, or lower it.

    Raises:
        UsageError: the question is too long, or this workspace has joined no room.
    """
    at = _seat(desk)
    text = " ".join(clean(text).split())
    if len(text) > MOST_TEXT:
        raise UsageError(f"A question has at most {MOST_TEXT} characters; this has {len(text)}.")
    _require_open(at)
    kata = desk.progress.next_kata(desk.catalog)
    slug = kata.slug if kata is not None and at.member.is_about(kata.slug) else ""
    told = _tell(at, events.answered() if done else events.asked(slug, text))
    if not told.trouble and not told.refused:  # what became of the hand is said here
        at.note(lambda n: replace(n, asked=_is_up(told)))
        told = replace(told, news=replace(told.news, asked=False))
    _say(desk, at, told, slug, _of_the_hand(told, done))


def share(desk: Desk, kata: Kata) -> None:
    """Send the code of one kata.

    Raises:
        UsageError: it can't be read, is too large, or this workspace has joined no room.
    """
    at = _seat(desk)
    if not at.member.is_about(kata.slug):
        raise UsageError(f"{kata.id} is no kata of {saying.room(at.member)}: nothing was sent.")
    _require_open(at)
    found = subject_of(desk, kata, None)
    if isinstance(found, Refusal):
        raise UsageError(found.message)
    event = events.shared(found, hashlib.sha256(found.source).hexdigest())
    if max(len(found.source), len(json.dumps(event["source"])) // 2) > MOST_SOURCE:
        size = MOST_SOURCE // 2**10
        raise UsageError(f"{found.shown} is too large to be shared: at most {size} kB can be.")
    told = _tell(at, event)
    lines = count(found.source.count(b"\n") + (not found.source.endswith(b"\n")), "line")
    sent = f"{found.shown} ({lines}) is shared, as it is now."
    _say(desk, at, told, kata.slug, "" if told.trouble or told.refused else sent)


def leave(desk: Desk, forget: bool) -> None:
    """Take part no more; let the room delete what it was told.

    Raises:
        UsageError: the room was to delete something and can't be reached, or there is none.
    """
    state, terminal = desk.workspace.state, Terminal(sys.stdout)
    joined = desk.workspace.has_joined
    if not forget and not joined:
        _seat(desk)  # says that there is none
    try:
        at = _seat(desk, not joined)
    except UsageError:
        if not joined or forget:
            raise
        membership.forget(state, MEMBERSHIP)  # a damaged one
        terminal.prose("You take part in no room any more.", indent=0)
        return
    name = saying.room(at.member)
    if forget:
        try:
            at.forget(PATIENCE)
        except (UnreachableError, RefusedError) as error:
            raise UsageError(_not_deleted(name, error, joined)) from None
        seat.clear(state)
        membership.forget(state, MEMBERSHIP, membership.LEFT)
        terminal.prose(f"You have left {name}, and it has deleted all that it knew of you.", 0)
        return
    at.keep(events.left())
    at.send(PATIENCE)  # as far as it can be reached; the token stays good for `--forget`
    membership.leave(state)
    end = membership.until(at.member.expires)
    until = f" until {end.astimezone():%d %B %Y}" if end is not None else ""
    terminal.prose(f"You have left {name}: nothing more is sent.", 0)
    terminal.prose(f"It keeps what it has{until}; `kata leave --forget` deletes that.", 0)


def _member(desk: Desk, left: bool = False) -> Membership:
    name = membership.LEFT if left else MEMBERSHIP
    found = membership.read(desk.workspace.state, name)
    if found is None:
        raise UsageError(
            "You take part in no room here. With an address and a code of your instructor, "
            "`kata join ADDRESS CODE` does that."
        )
    return found


def _seat(desk: Desk, left: bool = False) -> Seat:
    return Seat(desk.workspace.state, _member(desk, left))


def _require_open(at: Seat) -> None:
    if at.silent:
        name = saying.room(at.member)
        raise UsageError(f"{name[0].upper()}{name[1:]} is closed: nothing was sent.")


def _tell(at: Seat, event: Unnumbered) -> Told:
    if not at.keep(event):
        raise UsageError(
            f"This can't be kept in {at.state}, so nothing was sent. Is the disk full?"
        )
    return at.send(PATIENCE)


def _is_up(told: Told) -> bool:
    return told.news.state is not None and told.news.state["hand"]


def _of_the_hand(told: Told, done: bool) -> str:
    if told.trouble or told.refused:
        return ""
    if _is_up(told):
        return "Your hand is up; `kata ask --done` lowers it."
    return "Your hand is down." if done else "The room takes no hands just now."


def _say(desk: Desk, at: Seat, told: Told, slug: str, first: str) -> None:
    if first:
        Terminal(sys.stdout).prose(first)
    show_said(saying.of(at, told, desk.catalog, slug))


def _asked_name() -> str:
    if not sys.stdin.isatty():
        raise UsageError("Say what the room may call you: `kata join ADDRESS CODE --name NAME`.")
    return click.prompt(f"What may the room call you? (at most {MOST_NAME} characters)", type=str)


def _not_deleted(name: str, error: Exception, joined: bool) -> str:
    why = f"it said: {error}" if isinstance(error, RefusedError) else str(error)
    more = " `kata leave` alone stops sending at once." if joined else ""
    return f"Nothing could be deleted in {name} ({why}). Try again later.{more}"
