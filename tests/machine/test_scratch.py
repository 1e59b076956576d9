"""The private folder of a process goes with it; those of killed ones go at the next start."""

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from dojo.course.catalog import Catalog, Kata
from dojo.errors import UsageError
from dojo.judge.judge import Judge
from dojo.machine import scratch
from dojo.request import Request

pytestmark = pytest.mark.skipif(scratch.fcntl is None, reason="nothing is swept without locks")
HOLD = """
from dojo.machine import scratch
print(scratch.subfolder("answer"), flush=True)
input()
"""


@pytest.fixture
def place(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder for temporary files of this test's own, with a short path."""
    with tempfile.TemporaryDirectory(prefix="k") as name:
        monkeypatch.setattr(tempfile, "tempdir", name)
        monkeypatch.setattr(scratch, "_made", None)
        yield Path(name)
        scratch._remove()


def holder(place: Path) -> "subprocess.Popen[str]":
    """A process with a private folder there."""
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "TMPDIR": str(place)},
    )
    assert process.stdout is not None
    assert process.stdout.readline()
    return process


def test_a_folder_goes_with_its_process(place: Path) -> None:
    process = holder(place)
    assert len(list(place.iterdir())) == 1
    process.communicate("\n")
    assert list(place.iterdir()) == []


def test_what_a_killed_process_left_is_swept(place: Path) -> None:
    process = holder(place)
    (left,) = place.iterdir()
    (left / "answer.py").write_text("secret = 1\n")
    process.kill()
    process.communicate()
    scratch.sweep()
    assert list(place.iterdir()) == []


def test_nothing_of_a_living_process_or_of_others_is_swept(place: Path) -> None:
    process = holder(place)
    (living,) = place.iterdir()
    others = [place / "kata-notes", place / "kata-empty", place / "pymp-123"]
    for other in others:
        other.mkdir()
    (others[0] / "notes.txt").touch()
    (place / "kata-file").touch()
    own = scratch.folder()
    scratch.sweep()
    assert {*place.iterdir()} == {living, own, *others, place / "kata-file"}
    process.communicate("\n")


def test_a_folder_that_somebody_removed_is_made_again(place: Path) -> None:
    first = scratch.subfolder("answer")
    scratch._remove()
    assert not first.exists()
    again = scratch.subfolder("answer")
    assert again.is_dir()
    assert again.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("method", ["forkserver", "spawn"])
def test_a_judge_goes_on_when_its_folder_was_removed(
    method: str, mini: Catalog, grads: Kata, place: Path
) -> None:
    solution = grads.solution_path.read_bytes()
    with Judge(mini, method) as judge:
        assert judge.check(Request(grads, solution, "a.py")).passed
        scratch._remove()
        for _ in range(2):
            assert judge.check(Request(grads, solution, "a.py")).passed


def test_a_place_that_does_not_exist_is_told_in_a_sentence(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path / "nowhere"))
    monkeypatch.setattr(scratch, "_made", None)
    with pytest.raises(UsageError, match=r"can't be used \(no such file or directory\): .*nowhere"):
        scratch.folder()


def test_a_full_place_is_told_in_a_sentence(place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scratch, "ROOM", 2**80)
    with pytest.raises(UsageError, match="no space left on device"):
        scratch.folder()
    assert list(place.iterdir()) == []


def test_the_persons_own_folder_is_no_place_for_temporary_files(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.delenv("TMPDIR", raising=False)
    with pytest.raises(UsageError, match="no place"):
        scratch.base()
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    assert scratch.base() == str(tmp_path)


def test_a_person_may_work_in_the_systems_folder_for_temporary_files(
    place: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("TMPDIR", "TEMP", "TMP"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(scratch, "USUAL", (str(place),))
    monkeypatch.chdir(place)
    assert scratch.base() == str(place)


def test_a_killed_check_leaves_nothing_after_the_next(tmp_path: Path, place: Path) -> None:
    code = (
        "import signal, os; from dojo.course.catalog import load\n"
        "from dojo.judge.judge import Judge\n"
        "from dojo.request import Request\n"
        "kata = load().kata('1.2.2')\n"
        "with Judge(load()) as judge:\n"
        "    judge.check(Request(kata, kata.solution_path.read_bytes(), 'a.py'), on_check=END)\n"
    )
    environ = {**os.environ, "TMPDIR": str(place)}
    for end, code_wanted in (
        (f"lambda c: os.kill(os.getpid(), {signal.SIGKILL})", -9),
        ("None", 0),
    ):
        done = subprocess.run(
            [sys.executable, "-c", code.replace("END", end)], env=environ, timeout=200
        )
        assert done.returncode == code_wanted
    assert list(place.iterdir()) == []
