"""The log: nothing that was written is lost, whatever happens to the process or the file."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest

from dojo import scaffold
from dojo.catalog import Catalog, load
from dojo.progress import Attempt, Progress, ProgressLog
from dojo.verdict import CheckResult, Finding, Status, Verdict

SOURCE = b"x = 1\n"


def verdict(kata: str = "1.2.1", status: Status = "pass", source: bytes = SOURCE) -> Verdict:
    finding = Finding("wrong", mistake="sum-for-mean") if status == "fail" else None
    outcome = "failed" if finding is not None else "passed"
    check = CheckResult("step", "one step", "values", outcome, finding)
    return Verdict(kata, status, hashlib.sha256(source).hexdigest(), 7, "full", (check,))


def attempt(kata: str, status: Status = "pass") -> Attempt:
    return Attempt(kata, datetime(2025, 1, 1, tzinfo=UTC), "0" * 64, status, 0)


@pytest.fixture
def log(tmp_path: Path) -> ProgressLog:
    return ProgressLog(tmp_path / ".kata")


@pytest.fixture
def course(tmp_path: Path) -> Catalog:
    for kata_id, lesson in (("1.2.1", "a"), ("1.2.2", None), ("2.3.1", "b"), ("2.3.2", None)):
        scaffold.create(tmp_path, kata_id, "mean", lesson)
    return load(tmp_path)


def test_no_log_is_no_progress(log: ProgressLog) -> None:
    assert log.read() == Progress()
    assert not log.path.exists()


def test_what_is_added_is_read_back(log: ProgressLog) -> None:
    log.add_attempt(verdict(status="fail"), SOURCE, untouched=False)
    log.add_attempt(verdict(), SOURCE, untouched=False)
    log.add_hint("1.2.1", 1)
    log.add_hint("1.2.1", 2)
    log.add_solution("1.2.1")
    progress = log.read()
    first, second = progress.of("1.2.1")
    assert (first.status, first.failed, first.mistakes) == ("fail", ("step",), ("sum-for-mean",))
    assert (second.status, second.failed, second.seed) == ("pass", (), 7)
    assert progress.done == {"1.2.1"}
    assert progress.hints == {"1.2.1": 2}
    assert progress.solutions == {"1.2.1"}
    assert log.version(first.digest) == SOURCE


def test_a_later_fail_takes_no_pass_away(log: ProgressLog) -> None:
    log.add_attempt(verdict(), SOURCE, untouched=False)
    log.add_attempt(verdict(status="fail"), SOURCE, untouched=False)
    assert log.read().done == {"1.2.1"}


@pytest.mark.parametrize("status", ["fail", "not judged"])
def test_only_a_pass_is_done(log: ProgressLog, status: Status) -> None:
    log.add_attempt(verdict(status=status), SOURCE, untouched=False)
    assert log.read().done == frozenset()


def test_a_torn_last_line_is_ignored_and_the_next_event_starts_afresh(log: ProgressLog) -> None:
    log.add_hint("1.2.1", 1)
    log.add_hint("1.2.1", 2)
    whole = log.path.read_bytes()
    for length in range(whole.index(b"\n") + 2, len(whole) - 1):
        log.path.write_bytes(whole[:length])
        assert log.read() == Progress(hints={"1.2.1": 1})
        log.add_hint("2.3.1", 3)
        assert log.read() == Progress(hints={"1.2.1": 1, "2.3.1": 3})


def test_a_last_line_without_its_end_still_counts(log: ProgressLog) -> None:
    log.add_hint("1.2.1", 1)
    log.path.write_bytes(log.path.read_bytes().rstrip(b"\n"))
    assert log.read().hints == {"1.2.1": 1}
    log.add_hint("1.2.1", 2)
    assert log.read() == Progress(hints={"1.2.1": 2})


GOOD = {
    "event": "attempt",
    "time": "2025-01-01T00:00:00+00:00",
    "kata": "1.2.1",
    "digest": "0" * 64,
    "status": "pass",
    "seed": 1,
}


@pytest.mark.parametrize(
    "line",
    [
        b"\x00\xff\xfe\x80",
        b"not json",
        b"[1, 2]",
        b"{}",
        b'{"event": 3}',
        b"[" * 100_000,
        b"9" * 10_000,
        *(
            json.dumps({**GOOD, key: value}).encode()
            for key, value in [
                ("kata", 3),
                ("time", "yesterday"),
                ("digest", "../../etc/passwd"),
                ("digest", "g" * 64),
                ("status", "passed"),
                ("seed", "1"),
                ("seed", True),
                ("failed", "step"),
                ("mistakes", [1]),
            ]
        ),
        b'{"event": "hint", "kata": "1.2.1", "level": "2"}',
    ],
)
def test_a_damaged_line_is_skipped_counted_and_kept(log: ProgressLog, line: bytes) -> None:
    log.add_hint("1.2.1", 1)
    log.path.write_bytes(line + b"\n" + log.path.read_bytes())
    before = log.path.read_bytes()
    assert log.read() == Progress(hints={"1.2.1": 1}, damaged=1)
    log.add_hint("1.2.2", 1)
    assert log.read() == Progress(hints={"1.2.1": 1, "1.2.2": 1}, damaged=1)
    assert log.path.read_bytes().startswith(before)


def test_events_of_a_newer_version_are_no_damage(log: ProgressLog) -> None:
    log.path.parent.mkdir()
    later = {**GOOD, "event": "badge"}, {**GOOD, "mood": "good"}
    log.path.write_text("".join(json.dumps(e) + "\n" for e in later))
    progress = log.read()
    assert progress.damaged == 0
    assert progress.done == {"1.2.1"}


def test_a_damaged_version_is_lost_and_kept_anew(log: ProgressLog) -> None:
    log.add_attempt(verdict(), SOURCE, untouched=False)
    digest = verdict().digest
    (log.versions / f"{digest}.py").write_bytes(b"altered")
    assert log.version(digest) is None
    log.add_attempt(verdict(), SOURCE, untouched=False)
    assert log.version(digest) == SOURCE


WRITER = """
import hashlib, sys
from pathlib import Path
from dojo.progress import ProgressLog
from dojo.verdict import Verdict
log = ProgressLog(Path(sys.argv[1]))
for number in range(10**9):
    source = b"# %s %d\\n" % (sys.argv[2].encode(), number)
    digest = hashlib.sha256(source).hexdigest()
    log.add_attempt(Verdict("1.2.1", "pass", digest, number, "full", ()), source, untouched=False)
    print(number, flush=True)
"""


@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
def test_a_killed_writer_loses_nothing_that_it_had_finished(log: ProgressLog) -> None:
    finished = 0
    for round_ in range(12):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(log.path.parent), str(round_)],
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[1],
        )
        assert writer.stdout is not None
        writer.stdout.readline()
        time.sleep(0.003 * round_)  # kills at another moment each time
        writer.send_signal(signal.SIGKILL)
        finished += 1 + len(writer.stdout.read().split())
        writer.wait()
        progress = log.read()
        assert progress.damaged == 0
        assert finished <= len(progress.attempts) <= finished + round_ + 1
        assert all(log.version(a.digest) is not None for a in progress.attempts)


def test_two_writers_at_once_lose_nothing(log: ProgressLog) -> None:
    code = WRITER.replace("10**9", "200")
    command = [sys.executable, "-c", code, str(log.path.parent)]
    cwd = Path(__file__).parents[1]
    writers = [
        subprocess.Popen([*command, name], stdout=subprocess.DEVNULL, cwd=cwd) for name in "ab"
    ]
    assert [w.wait() for w in writers] == [0, 0]
    progress = log.read()
    assert (len(progress.attempts), progress.damaged) == (400, 0)


def test_next_is_the_first_kata_that_is_not_done(course: Catalog) -> None:
    def after(*done: str) -> str | None:
        kata = Progress(tuple(attempt(k) for k in done)).next_kata(course)
        return kata.id if kata is not None else None

    assert after() == "1.2.1"
    assert after("1.2.1") == "1.2.2"
    assert after("1.2.2") == "1.2.1"
    assert after("2.3.1") == "2.3.2"  # who began in the middle stays there
    assert after("2.3.1", "2.3.2") == "1.2.1"
    assert after("9.9.9") == "1.2.1"  # a kata that was taken out of the course
    assert after("1.2.1", "1.2.2", "2.3.1", "2.3.2") is None
