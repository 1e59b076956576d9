"""The judge in the background: asked by its user only, of this version only, and gone when idle."""

import contextlib
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from dojo import catalog
from dojo.errors import UsageError
from dojo.judge import daemon
from dojo.judge.pool import CheckJob

pytestmark = pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="needs Unix sockets")
KATA = catalog.load().kata("1.2.2")


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A run-time folder of this test's own, with a short path."""
    with tempfile.TemporaryDirectory(prefix="k") as name:
        monkeypatch.setenv("XDG_RUNTIME_DIR", name)
        yield Path(name)
        with contextlib.suppress(UsageError):
            daemon.stop()


def job(text: str = "") -> CheckJob:
    return CheckJob(KATA, (text or KATA.solution_path.read_text()).encode(), "a.py", seed=5)


@pytest.mark.usefixtures("folder")
def test_it_answers_until_it_is_stopped() -> None:
    assert daemon.ask(job()) is None
    assert daemon.running() is None
    number = daemon.start()
    assert daemon.start() == number == daemon.running()
    names: list[str] = []
    verdict = daemon.ask(job(), lambda check: names.append(check.name))
    assert verdict is not None
    assert (verdict.status, verdict.seed) == ("pass", 5)
    assert names == [c.name for c in verdict.checks]
    failing = daemon.ask(job("def line_grads(): ...\n"))
    assert failing is not None
    assert failing.status == "fail"
    assert daemon.stop()
    assert daemon.running() is None
    assert not daemon.stop()


def test_another_version_of_the_engine_is_another_judge(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "engine.py").write_text("1")
    monkeypatch.setattr(daemon, "_ENGINE", tmp_path)
    before = daemon.address()
    assert daemon.address() == before
    (tmp_path / "engine.py").write_text("22")
    assert daemon.address() != before


def test_asking_leaves_nothing_behind(folder: Path) -> None:
    assert daemon.ask(job()) is None
    assert daemon.running() is None
    assert list(folder.iterdir()) == []


@pytest.mark.usefixtures("folder")
def test_a_socket_that_nobody_listens_on_is_no_judge() -> None:
    daemon.address().parent.mkdir(mode=0o700)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as dead:
        dead.bind(str(daemon.address()))
    assert daemon.ask(job()) is None
    assert daemon.running() is None


@pytest.mark.usefixtures("folder")
def test_one_that_does_not_begin_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(daemon, "BUSY", 0.01)
    daemon.address().parent.mkdir(mode=0o700)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as busy:
        busy.bind(str(daemon.address()))
        busy.listen(1)
        assert daemon.ask(job()) is None


def test_a_folder_that_others_can_enter_is_not_trusted(folder: Path) -> None:
    (folder / f"kata-judge-{os.getuid()}").mkdir(mode=0o755)
    with pytest.raises(UsageError, match="open to others"):
        daemon.address()
    assert daemon.ask(job()) is None


def test_it_ends_by_itself_when_idle(folder: Path) -> None:
    code = "from dojo.judge import daemon; daemon.serve(idle=0.2)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=120)
    assert (done.returncode, done.stderr) == (0, "")
    assert list((folder / f"kata-judge-{os.getuid()}").iterdir()) == []
