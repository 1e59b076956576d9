"""The log ``.kata/log.jsonl``, and the judged files in ``.kata/versions/``.

The log is append-only and the one source of progress: an event is one line, written by one system
call, so a process that is killed loses at most the event it was writing. Judged files are kept
under the hash of their bytes, before the event that names them. Nothing here follows a link.
"""

import json
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, BinaryIO

from dojo.course.catalog import Kata
from dojo.course.former_ids import COURSE, FORMER_IDS
from dojo.desk import summary, tally
from dojo.desk.progress import Attempt, Progress
from dojo.desk.tally import DamagedLineError
from dojo.machine import files

_MOST_VERSION = 16 * 2**20  # bytes; what is judged is far smaller


class ProgressLog:
    """The log and the kept versions below one ``.kata`` folder, which need not exist yet.

    Args:
        folder: the ``.kata`` folder.
        pack: name of the pack whose progress is read and written; others stay as they are.
    """

    def __init__(self, folder: Path, pack: str = COURSE) -> None:
        self.folder = folder
        self.pack = pack
        self.path = folder / "log.jsonl"
        self.versions = folder / "versions"
        self._summary = folder / "summary.json"

    def read(self) -> Progress:
        """Everything that can be read; damaged lines are counted and left where they are.

        Raises:
            OSError: the log exists and can't be opened.
        """
        try:
            with self._open() as log:
                return summary.read(log, self._summary).progress(self.pack)
        except FileNotFoundError:
            return Progress()

    def attempts(self, *katas: Kata) -> Iterator[Attempt]:
        """All attempts at these katas, oldest first; those at an untouched stub too.

        Raises:
            OSError: the log exists and can't be opened.
        """
        slugs = {kata.slug for kata in katas}
        names = [*slugs, *(old for old, slug in FORMER_IDS.items() if slug in slugs)]
        marks = [json.dumps(name).encode("ascii") for name in names]
        try:
            log = self._open()
        except FileNotFoundError:
            return
        with log:
            while line := log.readline(summary.LONGEST_LINE):
                if not any(mark in line for mark in marks):
                    continue
                try:
                    event = tally.parse(line)
                    if event["event"] != "attempt":
                        continue
                    pack, slug = tally.name_of(event)
                    if pack == self.pack and slug in slugs:
                        yield tally.attempt_of(event, slug)
                except DamagedLineError:
                    pass  # told when the progress was read

    def add_attempt(self, kata: Kata, attempt: Attempt, source: bytes) -> None:
        """Keep the judged bytes and record how they were judged.

        Raises:
            OSError: nothing can be written here.
        """
        self._keep(attempt.digest, source)
        self._append("attempt", _of(kata) | tally.attempt_data(attempt))

    def add_hint(self, kata: Kata, level: int) -> None:
        """Record that the hints up to ``level`` (counted from 1) were shown."""
        self._append("hint", _of(kata) | {"level": level})

    def add_solution(self, kata: Kata) -> None:
        """Record that the solution was shown."""
        self._append("solution", _of(kata))

    def add_start(self, kata: Kata) -> None:
        """Record that the learner chose to go on with this kata."""
        self._append("start", _of(kata))

    def add_answer(self, question: str, given: str, right: bool) -> None:
        """Record how a question was answered at the first try."""
        self._append("answer", {"question": question, "given": given, "right": right})

    def version(self, digest: str) -> bytes | None:
        """The bytes that were judged, or None when they are lost or were altered since."""
        try:
            files.refuse_link(self.versions)
            data = files.read_plain(self.versions / f"{digest}.py", _MOST_VERSION)
        except OSError:
            return None
        import hashlib

        return data if hashlib.sha256(data).hexdigest() == digest else None

    def _open(self) -> BinaryIO:
        files.refuse_link(self.folder)
        return os.fdopen(files.open_plain(self.path), "rb")

    def _keep(self, digest: str, source: bytes) -> None:
        if self.version(digest) is not None:
            return
        files.make_folder(self.folder, "versions")
        files.replace_whole(self.versions / f"{digest}.py", source)

    def _append(self, kind: str, more: dict[str, Any]) -> None:
        files.make_folder(self.folder)
        now = datetime.now(UTC).isoformat(timespec="milliseconds")
        event = {"event": kind, "time": now, "pack": self.pack}
        flags = os.O_RDWR | os.O_APPEND | os.O_CREAT
        with os.fdopen(files.open_plain(self.path, flags), "r+b", buffering=0) as log:
            kept = summary.exact(log.fileno(), self._summary)
            _write_line(log.fileno(), {**event, **more})
            if kept is not None:
                with os.fdopen(os.dup(log.fileno()), "rb") as again:
                    summary.extend(kept, again, self._summary)


def _of(kata: Kata) -> dict[str, Any]:
    # The number is for people who look into the log: nothing goes by it.
    return {"slug": kata.slug, "kata": kata.id}


def _write_line(descriptor: int, event: dict[str, Any]) -> None:
    prefix = b""
    if _ends_torn(descriptor):
        # An earlier process was killed while it wrote. Saying so keeps its half line
        # from being reported as damage for ever.
        prefix, event = b"\n", {**event, "after_torn": True}
    line = prefix + json.dumps(event).encode("ascii") + b"\n"
    if os.write(descriptor, line) != len(line):
        raise OSError("the disk is full")


def _ends_torn(descriptor: int) -> bool:
    size = os.fstat(descriptor).st_size
    if size == 0:
        return False
    os.lseek(descriptor, size - 1, os.SEEK_SET)
    return os.read(descriptor, 1) != b"\n"
