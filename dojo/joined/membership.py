"""Where a workspace takes part: the room's address, the learner's token, the name they gave.

Stands in ``.kata/room.json``, which only its owner may read. Where the learner has left, it goes
by another name: then nothing is told any more, and what was told can still be deleted.
"""

import contextlib
import json
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from dojo.desk.workspace import MEMBERSHIP
from dojo.errors import UsageError
from dojo.machine import files

LEFT = "room-left.json"
PRIVATE = 0o600
_MOST_BYTES = 256 * 2**10
_MOST_TOKEN = 500


@dataclass(frozen=True)
class Membership:
    """One learner's place in one room.

    Attributes:
        address: where the room is: scheme, host, port and perhaps a path, without a last slash.
        room: its id.
        title: what it is called.
        learner: the learner's number there.
        name: what the learner wants to be called.
        token: what the learner's messages are known by.
        katas: slugs of the room's katas; nothing is told of others. None at all means all.
        expires: when the room is deleted, ISO 8601.
    """

    address: str
    room: str
    title: str
    learner: int
    name: str
    token: str
    katas: tuple[str, ...]
    expires: str

    def is_about(self, slug: str) -> bool:
        """Whether a kata is one of the room's."""
        return not self.katas or slug in self.katas

    @property
    def expired(self) -> bool:
        """Whether the room is gone by now, as far as this machine's clock can tell."""
        end = until(self.expires)
        return end is not None and end.timestamp() < time.time()


def of(address: str, answer: Mapping[str, Any]) -> Membership:
    """What a room's answer to joining makes of a learner.

    Raises:
        ValueError: the answer has another form.
    """
    found = Membership(
        address=address,
        room=_text(answer["room"]),
        title=_text(answer["title"]),
        learner=answer["learner"],
        name=_text(answer["name"]),
        token=_text(answer["token"]),
        katas=_texts(answer["katas"]),
        expires=_text(answer["expires"]),
    )
    token = found.token
    if not (token.isascii() and token.isprintable() and 0 < len(token) <= _MOST_TOKEN):
        _wrong()
    if " " in token or type(found.learner) is not int:
        _wrong()
    return found


def until(expires: str) -> datetime | None:
    """The moment that a text in ISO 8601 means, or None; UTC unless it says otherwise."""
    try:
        moment = datetime.fromisoformat(expires)
        if moment.tzinfo is None:
            moment = datetime.fromisoformat(f"{expires}+00:00")
    except ValueError:
        return None
    return moment


def read(state: Path, name: str = MEMBERSHIP) -> Membership | None:
    """The membership in a workspace's ``.kata`` folder, or None where it takes part in nothing.

    Args:
        state: the folder.
        name: `LEFT` for that which the learner has left.

    Raises:
        UsageError: it is there and can't be read.
    """
    path = state / name
    try:
        files.refuse_link(state)
        table = json.loads(files.read_plain(path, _MOST_BYTES))
        return of(_text(table["address"]), table)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UsageError(f"{path} can't be read: {error.strerror or error}.") from None
    except (KeyError, TypeError, ValueError, RecursionError):
        raise UsageError(
            f"{path} is damaged, so nothing is told to a room. `kata leave` removes it; then you "
            "can join again."
        ) from None


def write(state: Path, member: Membership) -> None:
    """Keep a membership.

    Raises:
        OSError: it can't be written.
    """
    files.make_folder(state)
    content = json.dumps(asdict(member), indent=1).encode()
    files.replace_whole(state / MEMBERSHIP, content, PRIVATE)
    forget(state, LEFT)


def leave(state: Path) -> None:
    """Take part no more; what was told stays to be looked at, and can be deleted.

    Raises:
        OSError: the file can't be renamed.
    """
    (state / MEMBERSHIP).replace(state / LEFT)


def forget(state: Path, *names: str) -> None:
    """Remove some of a room's files, as far as they are there.

    Raises:
        OSError: one of them can't be removed.
    """
    for name in names:
        with contextlib.suppress(FileNotFoundError):
            (state / name).unlink()


def _text(value: object) -> str:
    return value if isinstance(value, str) else _wrong()


def _texts(value: object) -> tuple[str, ...]:
    return tuple(map(_text, value)) if isinstance(value, Sequence) else _wrong()


def _wrong() -> Any:
    raise ValueError("another form was expected")
