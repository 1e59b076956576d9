"""What a learner has done so far: an append-only log of events, and all that follows from it.

The log ``.kata/log.jsonl`` is the one source: an event is one line, written by one system call,
so a process that is killed loses at most the event it was writing. Judged files are kept in
``.kata/versions/`` under the hash of their bytes, before the event that names them. Katas go by
their stable id, so adding a kata to the course shifts nobody's progress.
"""

import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, cast

from dojo.catalog import Catalog, Kata
from dojo.verdict import Status, Verdict

_STATUSES: tuple[Status, ...] = ("pass", "fail", "not judged")
_HEX = frozenset("0123456789abcdef")


@dataclass(frozen=True)
class Attempt:
    """One judgement of one file.

    Attributes:
        kata: id of the kata.
        time: when, in UTC.
        digest: SHA-256 of the judged bytes; names the kept version.
        status: how it ended.
        seed: seed of the random inputs.
        failed: names of the checks that failed.
        mistakes: ids of the known mistakes that were recognised.
        untouched: True when the file was still the stub as it was given.
    """

    kata: str
    time: datetime
    digest: str
    status: Status
    seed: int
    failed: tuple[str, ...] = ()
    mistakes: tuple[str, ...] = ()
    untouched: bool = False


@dataclass(frozen=True)
class Progress:
    """Everything that the log says.

    Attributes:
        attempts: all attempts, oldest first.
        hints: for each kata the number of hints that were shown.
        solutions: ids of the katas whose solution was shown.
        damaged: number of lines that couldn't be read and were skipped.
    """

    attempts: tuple[Attempt, ...] = ()
    hints: Mapping[str, int] = field(default_factory=dict)
    solutions: frozenset[str] = frozenset()
    damaged: int = 0

    @property
    def done(self) -> frozenset[str]:
        """Ids of the katas that some attempt passed."""
        return frozenset(a.kata for a in self.attempts if a.status == "pass")

    def of(self, kata_id: str) -> tuple[Attempt, ...]:
        """The attempts on one kata, oldest first."""
        return tuple(a for a in self.attempts if a.kata == kata_id)

    def next_kata(self, catalog: Catalog) -> Kata | None:
        """The kata to do now, or None when all are done.

        Going on in the lesson of the last pass comes first, so that someone who began in the
        middle of the course stays there; else it is the first kata that isn't done.
        """
        done = self.done
        open_katas = [k for k in catalog.katas if k.id not in done]
        order = {k.id: place for place, k in enumerate(catalog.katas)}
        passed = [a.kata for a in self.attempts if a.status == "pass" and a.kata in order]
        if passed:
            lesson = catalog.kata(passed[-1]).lesson_id
            for kata in open_katas:
                if kata.lesson_id == lesson and order[kata.id] > order[passed[-1]]:
                    return kata
        return open_katas[0] if open_katas else None


class ProgressLog:
    """The log and the kept versions below one ``.kata`` folder, which need not exist yet."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "log.jsonl"
        self.versions = folder / "versions"

    def read(self) -> Progress:
        """Everything that can be read; damaged lines are counted and left where they are.

        Raises:
            OSError: the log exists and can't be opened.
        """
        try:
            data = self.path.read_bytes()
        except FileNotFoundError:
            return Progress()
        return _replay(data)

    def add_attempt(self, verdict: Verdict, source: bytes, *, untouched: bool) -> None:
        """Keep the judged bytes and record how they were judged.

        Raises:
            OSError: nothing can be written here.
        """
        self._keep(verdict.digest, source)
        self._append(
            {
                "event": "attempt",
                "kata": verdict.kata,
                "digest": verdict.digest,
                "status": verdict.status,
                "seed": verdict.seed,
                "failed": [c.name for c in verdict.checks if c.outcome == "failed"],
                "mistakes": sorted({f.mistake for f in verdict.findings if f.mistake}),
                "untouched": untouched,
            }
        )

    def add_hint(self, kata_id: str, level: int) -> None:
        """Record that the hints up to ``level`` (counted from 1) were shown."""
        self._append({"event": "hint", "kata": kata_id, "level": level})

    def add_solution(self, kata_id: str) -> None:
        """Record that the solution was shown."""
        self._append({"event": "solution", "kata": kata_id})

    def version(self, digest: str) -> bytes | None:
        """The bytes that were judged, or None when they are lost or were altered since."""
        try:
            data = (self.versions / f"{digest}.py").read_bytes()
        except OSError:
            return None
        import hashlib

        return data if hashlib.sha256(data).hexdigest() == digest else None

    def _keep(self, digest: str, source: bytes) -> None:
        if self.version(digest) is not None:
            return
        self.versions.mkdir(parents=True, exist_ok=True)
        # Under another name first: a version is whole or it isn't there.
        part = self.versions / f"{digest}.{os.getpid()}.part"
        part.write_bytes(source)
        part.replace(self.versions / f"{digest}.py")

    def _append(self, event: dict[str, Any]) -> None:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        event = {"time": now, **event}
        flags = os.O_RDWR | os.O_APPEND | os.O_CREAT | getattr(os, "O_BINARY", 0)
        descriptor = os.open(self.path, flags, 0o644)
        try:
            prefix = b""
            if _ends_torn(descriptor):
                # An earlier process was killed while it wrote. Saying so keeps its half line
                # from being reported as damage for ever.
                prefix, event = b"\n", {**event, "after_torn": True}
            line = prefix + json.dumps(event).encode("ascii") + b"\n"
            if os.write(descriptor, line) != len(line):
                raise OSError("the disk is full")
        finally:
            os.close(descriptor)


def _ends_torn(descriptor: int) -> bool:
    size = os.fstat(descriptor).st_size
    if size == 0:
        return False
    os.lseek(descriptor, size - 1, os.SEEK_SET)
    return os.read(descriptor, 1) != b"\n"


def _replay(data: bytes) -> Progress:
    attempts: list[Attempt] = []
    hints: dict[str, int] = {}
    solutions: set[str] = set()
    damaged = 0
    *lines, rest = data.split(b"\n")
    torn = False
    for raw in [*lines, rest]:
        if not raw.strip():
            continue
        try:
            event = _parse(raw)
            if event.get("after_torn") is True and torn:
                damaged -= 1
            match event["event"]:
                case "attempt":
                    attempts.append(_attempt(event))
                case "hint":
                    kata = _text(event, "kata")
                    hints[kata] = max(hints.get(kata, 0), _whole(event, "level"))
                case "solution":
                    solutions.add(_text(event, "kata"))
                case _:
                    pass  # written by a newer version: not ours to judge
            torn = False
        except _DamagedLineError:
            torn = True
            damaged += raw is not rest
    return Progress(tuple(attempts), hints, frozenset(solutions), damaged)


class _DamagedLineError(ValueError):
    """A line of the log that says nothing usable."""


def _parse(raw: bytes) -> dict[str, Any]:
    try:
        event = json.loads(raw)
    except (ValueError, RecursionError):
        raise _DamagedLineError from None
    if not isinstance(event, dict) or not isinstance(event.get("event"), str):
        raise _DamagedLineError
    return cast("dict[str, Any]", event)


def _attempt(event: dict[str, Any]) -> Attempt:
    status = _text(event, "status")
    digest = _text(event, "digest")
    # The digest names a file below versions/, so nothing but a digest may stand there.
    if status not in _STATUSES or len(digest) != 64 or not set(digest) <= _HEX:
        raise _DamagedLineError
    return Attempt(
        kata=_text(event, "kata"),
        time=_time(event),
        digest=digest,
        status=cast("Status", status),
        seed=_whole(event, "seed"),
        failed=_texts(event, "failed"),
        mistakes=_texts(event, "mistakes"),
        untouched=event.get("untouched") is True,
    )


def _text(event: dict[str, Any], key: str) -> str:
    value = event.get(key)
    if not isinstance(value, str):
        raise _DamagedLineError
    return value


def _texts(event: dict[str, Any], key: str) -> tuple[str, ...]:
    value = event.get(key, [])
    if not isinstance(value, list) or not all(isinstance(x, str) for x in value):
        raise _DamagedLineError
    return tuple(cast("list[str]", value))


def _whole(event: dict[str, Any], key: str) -> int:
    value = event.get(key)
    if not isinstance(value, int) or isinstance(value, bool):
        raise _DamagedLineError
    return value


def _time(event: dict[str, Any]) -> datetime:
    try:
        moment = datetime.fromisoformat(_text(event, "time"))
    except ValueError:
        raise _DamagedLineError from None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
