"""What a learner did, kept in order until the room has it: ``.kata/room-events.jsonl``.

Append-only, one line an event, written by one system call, so that a command that is killed tears
one line at most; events are numbered 1, 2, ... under a lock, so that two commands at once take two
numbers. What was sent stays, for the learner to read, until the file is full. Whoever calls this
expects an OSError and goes on: events may be lost, and nothing else.
"""

import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from dojo.joined.membership import PRIVATE
from dojo.joined.protocol import MOST_BODY, MOST_EVENTS
from dojo.machine import files, locks

FILE, LOCK = "room-events.jsonl", "room.lock"
MOST_BYTES = 2 * 2**20  # of the file
WAIT = 0.05  # seconds for another command that writes; each holds the lock for a moment
_TAIL = 8 * 2**10
_LARGEST = 2**53  # numbers that JSON carries everywhere
_SPARE = 4096  # bytes of a request that are no event


@dataclass(frozen=True)
class Kept:
    """What stands in the spool.

    Attributes:
        events: those that can be read, by number.
        damaged: lines that can't.
    """

    events: tuple[dict[str, Any], ...] = ()
    damaged: int = 0


class Spool:
    """The spool of one workspace, which need not exist yet.

    Args:
        state: the ``.kata`` folder.
        most: bytes that it may take.
    """

    def __init__(self, state: Path, most: int = MOST_BYTES) -> None:
        self._state = state
        self._most = most
        self.path = state / FILE
        self.lock = state / LOCK

    def add(self, events: Sequence[Mapping[str, Any]], sent: int) -> int:
        """Keep some events, numbered from the next number on; returns the last number.

        Args:
            events: without number and time.
            sent: the number up to which the room has them; where there is no room left, the
                oldest of these make place.

        Raises:
            OSError: they can't be kept, or not all of them.
        """
        files.make_folder(self._state)
        with locks.held(self.lock, WAIT):
            last = max(self._last(), sent)
            for event in events:
                line = _line({"n": last + 1, "at": _now(), **event})
                self._make_place(len(line), sent)
                self._append(line)
                last += 1
        return last

    def read(self) -> Kept:
        """Everything that can be read; nothing where there is no spool."""
        try:
            files.refuse_link(self._state)
            data = files.read_plain(self.path, 2 * self._most)
        except OSError:
            return Kept()
        lines = data.split(b"\n")
        found = [_parsed(line) for line in lines if line]
        events = {e["n"]: e for e in found if e is not None}
        return Kept(tuple(events[n] for n in sorted(events)), found.count(None))

    def waiting(self, sent: int) -> tuple[dict[str, Any], ...]:
        """What comes after the number ``sent``, as much as one request may hold."""
        batch: list[dict[str, Any]] = []
        size = _SPARE
        for event in self.read().events:
            if event["n"] <= sent:
                continue
            size += len(_line(event))
            if batch and (size > MOST_BODY or len(batch) == MOST_EVENTS):
                break
            batch.append(event)
        return tuple(batch)

    def _last(self) -> int:
        """The highest number in the file; 0 where there is none."""
        try:
            with os.fdopen(files.open_plain(self.path), "rb") as file:
                size = file.seek(0, os.SEEK_END)
                file.seek(max(size - _TAIL, 0))
                last = next((e for e in map(_parsed, file.read().split(b"\n")[::-1]) if e), None)
        except FileNotFoundError:
            return 0
        if last is None and size > _TAIL:  # the last line is long, or the end is damaged
            return max((e["n"] for e in self.read().events), default=0)
        return last["n"] if last is not None else 0

    def _append(self, line: bytes) -> None:
        flags = os.O_RDWR | os.O_APPEND | os.O_CREAT
        descriptor = files.open_plain(self.path, flags, mode=PRIVATE)
        try:
            whole = _after_torn(descriptor) + line
            if os.write(descriptor, whole) != len(whole):
                raise OSError(None, "the disk is full")
        finally:
            os.close(descriptor)

    def _make_place(self, more: int, sent: int) -> None:
        try:
            size = self.path.lstat().st_size
        except FileNotFoundError:
            return
        if size + more <= self._most:
            return
        events = self.read().events
        keep = [_line(e) for e in events if e["n"] > sent]
        space = self._most // 2 - sum(map(len, keep))
        for event in reversed([e for e in events if e["n"] <= sent]):
            line = _line(event)
            space -= len(line)
            if space < 0:
                break
            keep.insert(0, line)
        if sum(map(len, keep)) + more > self._most:
            raise OSError(None, "too much waits to be sent")
        files.replace_whole(self.path, b"".join(keep), PRIVATE)


def _line(event: Mapping[str, Any]) -> bytes:
    return json.dumps(event, ensure_ascii=False).encode("utf-8", "replace") + b"\n"


def _parsed(line: bytes) -> dict[str, Any] | None:
    try:
        event = json.loads(line)
        sound = 0 < event["n"] < _LARGEST and type(event["n"]) is int
        return event if sound and isinstance(event["kind"], str) else None
    except (KeyError, TypeError, ValueError, RecursionError):
        return None


def _after_torn(descriptor: int) -> bytes:
    """What has to stand before a new line: nothing, unless an earlier one was torn."""
    size = os.lseek(descriptor, 0, os.SEEK_END)
    if size == 0:
        return b""
    os.lseek(descriptor, size - 1, os.SEEK_SET)
    return b"" if os.read(descriptor, 1) == b"\n" else b"\n"


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
