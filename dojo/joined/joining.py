"""Joining a room: the wish, the answer, and what is kept of it."""

from pathlib import Path

from dojo import DISTRIBUTION
from dojo.errors import UsageError
from dojo.joined import membership, news, seat, web
from dojo.joined.membership import Membership
from dojo.joined.news import News
from dojo.joined.protocol import JOIN, MOST_NAME, PROTOCOL
from dojo.joined.web import Line, RefusedError, UnreachableError

PATIENCE = 10.0  # seconds: a person waits for this one


def join(state: Path, address: str, code: str, name: str) -> Membership:
    """Take part in a room from now on.

    Args:
        state: the workspace's ``.kata`` folder.
        address: where the room is.
        code: the join code.
        name: what the learner wants to be called.

    Raises:
        UsageError: the room can't be reached, doesn't admit, or nothing can be written here.
    """
    to = web.place(address)
    wish = {"protocol": PROTOCOL, "code": code, "name": name, "engine": engine()}
    try:
        answer = Line(to).ask("POST", JOIN, wish, "", PATIENCE)
        member = membership.of(to.address, answer)
        said = news.state_of(answer["state"])
    except RefusedError as refused:
        said = refused.said or f"status {refused.status}"
        raise UsageError(f"The room doesn't let you in: {said}") from None
    except UnreachableError as error:
        raise UsageError(f"No room answers at {to.address}: {error}.") from None
    except (KeyError, TypeError, ValueError):
        raise UsageError(
            f"What answers at {to.address} is no room that this `kata` understands."
        ) from None
    try:
        seat.clear(state)
        membership.write(state, member)
        news.write(state, News().heard(said, 0))
    except OSError as error:
        raise UsageError(
            f"Joining can't be remembered: {error.filename or state} can't be written "
            f"({error.strerror or error})."
        ) from None
    return member


def checked_name(name: str) -> str:
    """A name as it is sent.

    Raises:
        UsageError: there is none, it is too long, or holds what no terminal shows.
    """
    found = " ".join(name.split())
    if not found:
        raise UsageError("A room calls everybody by some name: yours is empty.")
    if len(found) > MOST_NAME:
        raise UsageError(f"A name has at most {MOST_NAME} characters; this has {len(found)}.")
    if not found.isprintable():
        raise UsageError("This name holds characters that can't be shown.")
    return found


def engine() -> str:
    """The engine's version, or empty where it isn't installed."""
    import importlib.metadata

    try:
        return importlib.metadata.version(DISTRIBUTION)
    except importlib.metadata.PackageNotFoundError:
        return ""
