"""The log: nothing that was written is lost, whatever happens to the process or the file."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dojo.authors import scaffold
from dojo.course.catalog import Kata, load
from dojo.course.former_ids import FORMER_IDS
from dojo.desk import summary
from dojo.desk.log import ProgressLog
from dojo.desk.progress import Attempt, Progress
from dojo.verdict import CheckResult, Finding, Status, Verdict

SOURCE = b"x = 1\n"


def verdict(status: Status = "pass", source: bytes = SOURCE) -> Verdict:
    finding = Finding("wrong", mistake="sum-for-mean") if status == "fail" else None
    outcome = "failed" if finding is not None else "passed"
    check = CheckResult("step", "one step", "values", outcome, finding)
    return Verdict("1.2.1", status, hashlib.sha256(source).hexdigest(), 7, "full", (check,))


@pytest.fixture(scope="module")
def katas(tmp_path_factory: pytest.TempPathFactory) -> tuple[Kata, ...]:
    root = tmp_path_factory.mktemp("course")
    for kata_id, slug, lesson in (
        ("1.2.1", "mean", "a"),
        ("1.2.2", "second-mean", None),
        ("2.3.1", "third-mean", "b"),
    ):
        scaffold.create(root, kata_id, slug, lesson)
    return load(root).katas


@pytest.fixture
def mean(katas: tuple[Kata, ...]) -> Kata:
    return katas[0]


@pytest.fixture
def log(tmp_path: Path) -> ProgressLog:
    return ProgressLog(tmp_path / ".kata")


def attempts(log: ProgressLog, *katas: Kata) -> list[Attempt]:
    return [a for kata in katas for a in log.attempts(kata)]


def hints(log: ProgressLog) -> dict[str, int]:
    """How many hints were shown, by slug; checks that nothing is damaged."""
    progress = log.read()
    assert progress.damaged == 0
    return {slug: s.hints for slug, s in progress.standings.items()}


def test_no_log_is_no_progress(log: ProgressLog) -> None:
    assert log.read() == Progress()
    assert not log.path.exists()


def test_what_is_added_is_read_back(log: ProgressLog, mean: Kata) -> None:
    log.add_attempt(mean, Attempt.of(mean, verdict(status="fail"), untouched=False), SOURCE)
    log.add_attempt(mean, Attempt.of(mean, verdict(), untouched=False), SOURCE)
    log.add_hint(mean, 1)
    log.add_hint(mean, 2)
    log.add_solution(mean)
    first, second = attempts(log, mean)
    assert (first.status, first.failed, first.mistakes) == ("fail", ("step",), ("sum-for-mean",))
    assert (second.status, second.failed, second.seed) == ("pass", (), 7)
    progress = log.read()
    assert progress.done == {"mean"}
    standing = progress.of(mean)
    assert (standing.tried, standing.hints, standing.solution) == (2, 2, True)
    assert standing.last == second
    assert log.version(first.digest) == SOURCE


def test_the_untouched_stub_is_no_attempt_but_has_a_number(log: ProgressLog, mean: Kata) -> None:
    log.add_attempt(mean, Attempt.of(mean, verdict(status="fail"), untouched=True), SOURCE)
    assert (log.read().of(mean).tried, log.read().of(mean).last) == (0, None)
    assert len(attempts(log, mean)) == 1


def test_a_later_fail_takes_no_pass_away(log: ProgressLog, mean: Kata) -> None:
    log.add_attempt(mean, Attempt.of(mean, verdict(), untouched=False), SOURCE)
    log.add_attempt(mean, Attempt.of(mean, verdict(status="fail"), untouched=False), SOURCE)
    assert log.read().done == {"mean"}


@pytest.mark.parametrize("status", ["fail", "not judged"])
def test_only_a_pass_is_done(log: ProgressLog, mean: Kata, status: Status) -> None:
    log.add_attempt(mean, Attempt.of(mean, verdict(status=status), untouched=False), SOURCE)
    assert log.read().done == frozenset()


def test_a_torn_last_line_is_ignored_and_the_next_event_starts_afresh(
    log: ProgressLog, katas: tuple[Kata, ...]
) -> None:
    mean, _, third = katas
    log.add_hint(mean, 1)
    log.add_hint(mean, 2)
    whole = log.path.read_bytes()
    for length in range(whole.index(b"\n") + 2, len(whole) - 1):
        log.path.write_bytes(whole[:length])
        assert hints(log) == {"mean": 1}
        log.add_hint(third, 3)
        assert hints(log) == {"mean": 1, "third-mean": 3}


def test_a_last_line_without_its_end_still_counts(log: ProgressLog, mean: Kata) -> None:
    log.add_hint(mean, 1)
    log.path.write_bytes(log.path.read_bytes().rstrip(b"\n"))
    assert hints(log) == {"mean": 1}
    log.add_hint(mean, 2)
    assert hints(log) == {"mean": 2}


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
        b'{"event": "hint", "level": 1}',
        b" " * 200_000 + b"x",
        *(
            json.dumps({**GOOD, key: value}).encode()
            for key, value in [
                ("kata", 3),
                ("time", "yesterday"),
                ("time", "0001-01-01T00:00:00"),
                ("slug", 3),
                ("slug", "x" * 1000),
                ("pack", None),
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
def test_a_damaged_line_is_skipped_counted_and_kept(
    log: ProgressLog, katas: tuple[Kata, ...], line: bytes
) -> None:
    log.add_hint(katas[0], 1)
    log.path.write_bytes(line + b"\n" + log.path.read_bytes())
    before = log.path.read_bytes()
    assert (log.read().of(katas[0]).hints, log.read().damaged) == (1, 1)
    log.add_hint(katas[1], 1)
    assert (log.read().of(katas[1]).hints, log.read().damaged) == (1, 1)
    assert log.path.read_bytes().startswith(before)


def test_events_of_a_newer_version_are_no_damage(log: ProgressLog) -> None:
    log.path.parent.mkdir()
    later = {**GOOD, "event": "badge"}, {**GOOD, "mood": "good"}
    log.path.write_text("".join(json.dumps(e) + "\n" for e in later))
    progress = log.read()
    assert progress.damaged == 0
    assert progress.done == {FORMER_IDS["1.2.1"]}


def test_a_damaged_version_is_lost_and_kept_anew(log: ProgressLog, mean: Kata) -> None:
    log.add_attempt(mean, Attempt.of(mean, verdict(), untouched=False), SOURCE)
    digest = verdict().digest
    (log.versions / f"{digest}.py").write_bytes(b"altered")
    assert log.version(digest) is None
    log.add_attempt(mean, Attempt.of(mean, verdict(), untouched=False), SOURCE)
    assert log.version(digest) == SOURCE


WRITER = """
import hashlib, sys
from pathlib import Path
from dojo.desk import summary
from dojo.course.catalog import load
from dojo.desk.log import ProgressLog
from dojo.desk.progress import Attempt
from dojo.verdict import Verdict
summary.WORTH = int(sys.argv[4])
(kata, *_), log = load(Path(sys.argv[2])).katas, ProgressLog(Path(sys.argv[1]))
for number in range(int(sys.argv[5])):
    source = b"# %s %d\\n" % (sys.argv[3].encode(), number)
    digest = hashlib.sha256(source).hexdigest()
    verdict = Verdict("1.2.1", "pass", digest, number, "full", ())
    log.add_attempt(kata, Attempt.of(kata, verdict, untouched=False), source)
    print(number, flush=True)
    log.read()
"""


def writer(log: ProgressLog, kata: Kata, name: str, worth: int, times: int) -> list[str]:
    """A command that makes so many attempts, and sums them up from ``worth`` bytes on."""
    words = (log.path.parent, kata.root, name, worth, times)
    return [sys.executable, "-c", WRITER, *map(str, words)]


@pytest.mark.skipif(os.name != "posix", reason="needs SIGKILL")
@pytest.mark.parametrize("worth", [0, 10**9])
def test_a_killed_writer_loses_nothing_that_it_had_finished(
    log: ProgressLog, mean: Kata, worth: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(summary, "WORTH", worth)
    finished = 0
    for round_ in range(12):
        process = subprocess.Popen(
            writer(log, mean, str(round_), worth, 10**9),
            stdout=subprocess.PIPE,
            text=True,
            cwd=Path(__file__).parents[2],
        )
        assert process.stdout is not None
        process.stdout.readline()
        time.sleep(0.003 * round_)  # kills at another moment each time
        process.send_signal(signal.SIGKILL)
        finished += 1 + len(process.stdout.read().split())
        process.wait()
        progress = log.read()
        assert progress.damaged == 0
        assert finished <= progress.of(mean).tried <= finished + round_ + 1
        assert progress.of(mean).tried == len(attempts(log, mean))
        assert all(log.version(a.digest) is not None for a in attempts(log, mean))


@pytest.mark.parametrize("worth", [0, 10**9])
def test_two_writers_at_once_lose_nothing(
    log: ProgressLog, mean: Kata, worth: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(summary, "WORTH", worth)
    cwd = Path(__file__).parents[2]
    writers = [
        subprocess.Popen(writer(log, mean, name, worth, 200), stdout=subprocess.DEVNULL, cwd=cwd)
        for name in "ab"
    ]
    assert [w.wait() for w in writers] == [0, 0]
    progress = log.read()
    assert (progress.of(mean).tried, progress.damaged) == (400, 0)


def test_packs_never_share_passes(tmp_path: Path, mean: Kata) -> None:
    ours, theirs = ProgressLog(tmp_path / ".kata"), ProgressLog(tmp_path / ".kata", "other")
    theirs.add_attempt(mean, Attempt.of(mean, verdict(), untouched=False), SOURCE)
    theirs.add_hint(mean, 2)
    assert ours.read() == Progress()
    assert attempts(ours, mean) == []
    assert theirs.read().done == {"mean"}


def old_line(number: str, **more: object) -> bytes:
    """A line as the first version wrote it: by number, without slug and pack."""
    return json.dumps({**GOOD, "kata": number, **more}).encode() + b"\n"


def test_a_log_by_numbers_means_the_katas_that_had_them(log: ProgressLog, mean: Kata) -> None:
    log.path.parent.mkdir()
    log.path.write_bytes(
        old_line("1.2.2") + old_line("9.9.9") + old_line("1.1.1", event="hint", level=2)
    )
    progress = log.read()
    assert progress.done == {"mse-grads-by-hand", "9.9.9"}
    assert progress.standings["mse-loss"].hints == 2
    # The course at hand has another kata with this number: nobody has passed that.
    assert not progress.is_done(mean)


@pytest.mark.skipif(os.name != "posix", reason="needs links and pipes")
def test_nothing_is_written_or_read_through_links(
    log: ProgressLog, mean: Kata, tmp_path: Path
) -> None:
    victim = tmp_path / "victim"
    victim.write_text("theirs\n")
    log.folder.mkdir()
    log.path.symlink_to(victim)
    with pytest.raises(OSError, match="it is a link"):
        log.add_hint(mean, 1)
    with pytest.raises(OSError, match="it is a link"):
        log.read()
    log.path.unlink()
    folder = tmp_path / "folder"
    folder.mkdir()
    log.versions.symlink_to(folder)
    with pytest.raises(OSError, match="it is a link"):
        log.add_attempt(mean, Attempt.of(mean, verdict(), untouched=False), SOURCE)
    (folder / f"{verdict().digest}.py").write_bytes(SOURCE)
    assert log.version(verdict().digest) is None
    log.versions.unlink()
    os.mkfifo(log.path)
    with pytest.raises(OSError, match="it is a named pipe"):
        log.read()
    assert victim.read_text() == "theirs\n"


def test_answers_are_read_in_front_of_a_torn_line(log: ProgressLog) -> None:
    log.add_answer("which-one", "this", True)
    log.add_answer("how-many", "7.0", False)
    with log.path.open("ab") as file:
        file.write(b'{"event": "ans')
    assert log.read().answers == {"which-one": True, "how-many": False}
