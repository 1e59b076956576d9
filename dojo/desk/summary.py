"""The summary beside a long log, which makes `kata next` quick: what the log adds up to so far.

It can be thrown away at any time and is made again. It knows the length, the time stamps and a
checksum of the lines that it sums up: while the log looks as it did, it is believed; where the log
has changed, its sum is looked at before only the new lines are read; where that is wrong, or the
summary is damaged, the whole log is read. A process that is killed leaves a summary that is older
or none, never a wrong one.
"""

import contextlib
import json
import os
import zlib
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from dojo.desk import tally
from dojo.desk.tally import Tally
from dojo.machine import files

WORTH = 256 * 1024  # bytes of log below which reading it all is as quick
LONGEST_LINE = 64 * 1024  # bytes; a longer line is damage, and never in memory as a whole
_FORMAT = 2  # goes up when the same lines add up to something else
_BLOCK = 1024 * 1024
_MOST = 64 * 1024 * 1024


@dataclass
class Summary:
    """What the first `size` bytes of a log add up to; they end with a line.

    Attributes:
        tally: what they add up to.
        size: how many bytes.
        check: CRC-32 of them. It always differs when up to 32 bits in a row do.
        stamp: what the file system said of the log when all of it was read.
    """

    tally: Tally = field(default_factory=Tally)
    size: int = 0
    check: int = 0
    stamp: tuple[int, ...] = ()


def read(log: BinaryIO, place: Path) -> Tally:
    """What the whole log adds up to; a long log's summary is brought up to date.

    Args:
        log: the log, open.
        place: where the summary is.
    """
    status = os.fstat(log.fileno())
    summary = _load(place) if status.st_size >= WORTH else None
    if summary is not None and summary.stamp != stamp(status) and not _is_beginning(summary, log):
        summary = None
    return _go_on(summary or Summary(), log, place, status)


def exact(descriptor: int, place: Path) -> Summary | None:
    """The summary, if it is about the log as it is at this moment: see `extend`."""
    status = os.fstat(descriptor)
    summary = _load(place) if status.st_size >= WORTH else None
    return summary if summary is not None and summary.stamp == stamp(status) else None


def extend(summary: Summary, log: BinaryIO, place: Path) -> None:
    """Count the lines that were appended since `exact`, and keep the summary."""
    _go_on(summary, log, place, os.fstat(log.fileno()))


def stamp(status: os.stat_result) -> tuple[int, ...]:
    """What changes when a file is written to, replaced or put back."""
    return status.st_ino, status.st_size, status.st_mtime_ns, status.st_ctime_ns


def _go_on(summary: Summary, log: BinaryIO, place: Path, status: os.stat_result) -> Tally:
    log.seek(summary.size)
    rest = _count(summary, log, status.st_size)
    if summary.size >= WORTH and summary.stamp != stamp(status):
        summary.stamp = stamp(status)
        # Where nothing can be written, the log is read anew each time.
        with contextlib.suppress(OSError):
            _save(summary, place)
    if not rest:
        return summary.tally
    whole = summary.tally.copy()
    whole.add(rest, complete=False)
    return whole


def _count(summary: Summary, log: BinaryIO, size: int) -> bytes:
    """Count the lines up to ``size``; returns the last one if it has no end yet."""
    add, check, at = summary.tally.add, summary.check, summary.size
    while at < size:
        line = log.readline(min(LONGEST_LINE, size - at))
        if not line:
            break  # it became shorter meanwhile
        length, check_after = len(line), zlib.crc32(line, check)
        if not line.endswith(b"\n"):
            if length < LONGEST_LINE:
                summary.size, summary.check = at, check
                return line
            line = b"\0"
            while (piece := log.readline(min(LONGEST_LINE, size - at - length))) != b"":
                length, check_after = length + len(piece), zlib.crc32(piece, check_after)
                if piece.endswith(b"\n"):
                    break
            else:
                summary.size, summary.check = at, check
                return line
        add(line)
        at, check = at + length, check_after
    summary.size, summary.check = at, check
    return b""


def _is_beginning(summary: Summary, log: BinaryIO) -> bool:
    """Whether the log still begins with the bytes that are summed up."""
    left, check = summary.size, 0
    log.seek(0)
    while left and (block := log.read(min(_BLOCK, left))):
        left, check = left - len(block), zlib.crc32(block, check)
    return left == 0 and check == summary.check


def _load(place: Path) -> Summary | None:
    try:
        head, _, body = files.read_plain(place, _MOST).partition(b"\n")
        if int(head) != zlib.crc32(body):
            return None
        data = json.loads(body)
        if data["format"] != _FORMAT:
            return None
        return Summary(
            tally.from_json(data), int(data["size"]), int(data["check"]), tuple(data["stamp"])
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return None


def _save(summary: Summary, place: Path) -> None:
    head = {"format": _FORMAT, "size": summary.size, "check": summary.check, "stamp": summary.stamp}
    body = json.dumps({**head, **tally.to_json(summary.tally)}).encode("ascii")
    files.replace_whole(place, b"%d\n%s" % (zlib.crc32(body), body))
