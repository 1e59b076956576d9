"""The summary beside a long log: right whatever happened to it or to the log, or not used."""

import json
import os
from pathlib import Path

import pytest

from dojo.authors import scaffold
from dojo.course.catalog import Kata, load
from dojo.desk import summary
from dojo.desk.log import ProgressLog
from dojo.desk.progress import Progress
from dojo.desk.tally import Tally

LINES = 300


def line(number: int, status: str = "fail") -> bytes:
    """A line of a log, of the same length whatever its status."""
    event = {
        "event": "attempt",
        "time": "2025-01-01T00:00:00+00:00",
        "slug": f"kata-{number % 3}",
        "digest": f"{number:064x}",
        "status": status,
        "seed": 1,
    }
    return json.dumps(event).encode() + b"\n"


@pytest.fixture
def kata(tmp_path: Path) -> Kata:
    scaffold.create(tmp_path / "course", "1.1.1", "kata-0", "a")
    return load(tmp_path / "course").katas[0]


@pytest.fixture
def log(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ProgressLog:
    """A log that is worth a summary, and has one."""
    monkeypatch.setattr(summary, "WORTH", 1000)
    log = ProgressLog(tmp_path / ".kata")
    log.folder.mkdir()
    log.path.write_bytes(b"".join(map(line, range(LINES))))
    log.read()
    assert kept(log).is_file()
    return log


def kept(log: ProgressLog) -> Path:
    return log.folder / "summary.json"


def anew(log: ProgressLog) -> Progress:
    """What the log says when nothing but the log is read."""
    tally = Tally()
    *lines, rest = log.path.read_bytes().split(b"\n")
    for one in lines:
        tally.add(one)
    tally.add(rest, complete=False)
    return tally.progress(log.pack)


def lines_read(log: ProgressLog, monkeypatch: pytest.MonkeyPatch) -> int:
    """How many lines `read` looks at; what it says is compared with the log."""
    want = anew(log)
    seen: list[bytes] = []
    add = Tally.add

    def noting(self: Tally, line: bytes, complete: bool = True) -> None:
        seen.append(line)
        add(self, line, complete)

    with monkeypatch.context() as patch:
        patch.setattr(Tally, "add", noting)
        assert log.read() == want
    return len(seen)


def test_no_line_is_read_twice(
    log: ProgressLog, kata: Kata, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert lines_read(log, monkeypatch) == 0
    log.add_hint(kata, 2)
    assert lines_read(log, monkeypatch) == 0
    assert log.read().of(kata).hints == 2
    with log.path.open("ab") as other:  # a process that was killed before it could sum up
        other.write(line(7, "pass"))
    assert lines_read(log, monkeypatch) == 1
    assert lines_read(log, monkeypatch) == 0
    assert log.read().done == {"kata-1"}


def test_a_short_log_has_none(tmp_path: Path, kata: Kata) -> None:
    log = ProgressLog(tmp_path / ".kata")
    log.add_hint(kata, 1)
    log.read()
    assert os.listdir(log.folder) == ["log.jsonl"]


def test_a_summary_that_is_gone_is_made_again(
    log: ProgressLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept(log).unlink()
    assert lines_read(log, monkeypatch) == LINES
    assert lines_read(log, monkeypatch) == 0


@pytest.mark.parametrize("damage", ["cut", "changed", "empty", "rubbish", "older", "deep"])
def test_a_damaged_summary_is_ignored_and_made_again(
    log: ProgressLog, damage: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = kept(log).read_bytes()
    _, _, body = text.partition(b"\n")
    damaged = {
        "cut": text[:-20],
        "changed": text.replace(b'"tried": 100', b'"tried": 101', 1),
        "empty": b"",
        "rubbish": b"\xff\x00" * 50,
        "older": summed(body.replace(b'"format": 2', b'"format": 1')),
        "deep": summed(b"[" * 100_000),
    }[damage]
    assert damaged != text
    kept(log).write_bytes(damaged)
    assert lines_read(log, monkeypatch) == LINES
    assert kept(log).read_bytes().partition(b"\n")[2] == body


def summed(body: bytes) -> bytes:
    """A summary's file with a right checksum, whatever is in it."""
    import zlib

    return b"%d\n%s" % (zlib.crc32(body), body)


@pytest.mark.parametrize("change", ["replaced", "in place", "shorter", "cut and longer", "torn"])
def test_a_log_that_was_changed_is_read_anew(
    log: ProgressLog, change: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = log.path.read_bytes()
    middle = line(150, "pass")
    if change == "replaced":
        other = log.path.with_name("other")
        other.write_bytes(data.replace(line(150), middle))
        other.replace(log.path)
    elif change == "in place":  # as long as before
        with log.path.open("r+b") as file:
            file.seek(data.index(line(150)))
            file.write(middle)
    elif change == "shorter":
        os.truncate(log.path, len(data) - 500)
    elif change == "cut and longer":
        log.path.write_bytes(data[2000:] + middle * 30)
    else:
        os.truncate(log.path, len(data) - 30)
    assert lines_read(log, monkeypatch) >= LINES - 20
    assert lines_read(log, monkeypatch) <= 1  # the half line at the end, if there is one


def test_a_log_that_was_carried_to_another_place_keeps_its_summary(
    log: ProgressLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = log.path.read_bytes()
    log.path.unlink()
    log.path.write_bytes(data)
    assert lines_read(log, monkeypatch) == 0


def test_a_torn_line_is_not_summed_up(
    log: ProgressLog, kata: Kata, monkeypatch: pytest.MonkeyPatch
) -> None:
    with log.path.open("ab") as file:
        file.write(line(0, "pass")[:-1])
    assert log.read().done == {"kata-0"}  # whole but for its end
    with log.path.open("ab") as file:
        file.write(b"?")
    assert log.read().done == frozenset()
    log.add_hint(kata, 1)
    assert lines_read(log, monkeypatch) == 0
    assert (log.read().damaged, log.read().of(kata).hints) == (0, 1)


def test_lines_without_end_are_never_in_memory(
    log: ProgressLog, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(summary, "LONGEST_LINE", 1000)
    with log.path.open("ab") as file:
        file.write(b"x" * 10_500 + b"\n" + line(0, "pass") + b"y" * 3000)
    assert log.read().done == {"kata-0"}
    assert log.read().damaged == 1


@pytest.mark.skipif(os.name != "posix", reason="needs links and pipes")
@pytest.mark.parametrize("kind", ["link", "pipe", "folder"])
def test_what_is_no_file_is_no_summary(
    log: ProgressLog, kind: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    victim = tmp_path / "victim"
    victim.write_bytes(kept(log).read_bytes())
    before = victim.read_bytes()
    kept(log).unlink()
    if kind == "link":
        kept(log).symlink_to(victim)
    elif kind == "pipe":
        os.mkfifo(kept(log))
    else:
        kept(log).mkdir()
    assert lines_read(log, monkeypatch) == LINES
    assert victim.read_bytes() == before
