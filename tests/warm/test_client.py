"""The judge in the background: asked by its user only, of this version only, and gone when idle."""

import contextlib
import os
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from dojo.course import catalog
from dojo.errors import UsageError
from dojo.machine import free_memory
from dojo.request import Request
from dojo.verdict import CheckResult
from dojo.warm import client
from tests.commands.test_surroundings import STRANGE

pytestmark = pytest.mark.skipif(not hasattr(socket, "AF_UNIX"), reason="needs Unix sockets")
KATA = catalog.load().kata("1.2.2")


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A run-time folder of this test's own, with a short path."""
    with tempfile.TemporaryDirectory(prefix="k") as name:
        monkeypatch.setenv("XDG_RUNTIME_DIR", name)
        yield Path(name)
        with contextlib.suppress(UsageError):
            client.stop()


def job(text: str = "") -> Request:
    return Request(KATA, (text or KATA.solution_path.read_text()).encode(), "a.py", seed=5)


@pytest.mark.usefixtures("folder")
def test_it_answers_until_it_is_stopped() -> None:
    assert client.ask(job()) is None
    assert client.running() is None
    number = client.start()
    assert client.start() == number == client.running()
    names: list[str] = []
    verdict = client.ask(job(), lambda check: names.append(check.name))
    assert verdict is not None
    assert (verdict.status, verdict.seed) == ("pass", 5)
    assert names == [c.name for c in verdict.checks]
    failing = client.ask(job("def line_grads(): ...\n"))
    assert failing is not None
    assert failing.status == "fail"
    assert client.stop()
    assert client.running() is None
    assert not client.stop()


def test_another_version_of_the_engine_is_another_judge(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "engine.py").write_text("1")
    monkeypatch.setattr(client, "_ENGINE", tmp_path)
    before = client.address()
    assert client.address() == before
    (tmp_path / "engine.py").write_text("22")
    assert client.address() != before


def test_asking_leaves_nothing_behind(folder: Path) -> None:
    assert client.ask(job()) is None
    assert client.running() is None
    assert list(folder.iterdir()) == []


@pytest.mark.usefixtures("folder")
def test_a_socket_that_nobody_listens_on_is_no_judge() -> None:
    client.address().parent.mkdir(mode=0o700)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as dead:
        dead.bind(str(client.address()))
    assert client.ask(job()) is None
    assert client.running() is None


@pytest.mark.usefixtures("folder")
def test_one_that_does_not_begin_is_not_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(client, "BUSY", 0.01)
    client.address().parent.mkdir(mode=0o700)
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as busy:
        busy.bind(str(client.address()))
        busy.listen(1)
        assert client.ask(job()) is None


def test_a_folder_that_others_can_enter_is_not_trusted(folder: Path) -> None:
    (folder / f"kata-judge-{os.getuid()}").mkdir(mode=0o755)
    with pytest.raises(UsageError, match="open to others"):
        client.address()
    assert client.ask(job()) is None


def serving(folder: Path, idle: float) -> "subprocess.Popen[str]":
    """A judge that ends after so many idle seconds."""
    code = (
        "from pathlib import Path; import sys; from dojo.warm import server; "
        "server.serve(Path(sys.argv[1]), Path(sys.argv[2]), idle=float(sys.argv[3]))"
    )
    path = folder / "judge"
    return subprocess.Popen(
        [sys.executable, "-c", code, str(path), str(catalog.content_root()), str(idle)],
        stderr=subprocess.PIPE,
        text=True,
    )


def test_it_ends_by_itself_when_idle(folder: Path) -> None:
    process = serving(folder, 0.2)
    _, errors = process.communicate(timeout=120)
    assert (process.returncode, errors) == (0, "")
    assert list(folder.iterdir()) == []


@pytest.fixture(scope="module")
def lasting() -> Iterator[int]:
    """A judge for the tests that don't end it; its number."""
    with tempfile.TemporaryDirectory(prefix="k") as name, pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_RUNTIME_DIR", name)
        yield client.start()
        client.stop()


def test_one_that_says_nothing_keeps_nobody_waiting(lasting: int) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as silent:
        silent.connect(str(client.address()))
        silent.sendall(b"\0")  # the beginning of a length
        assert client.running() == lasting
        verdict = client.ask(job())
        assert verdict is not None
        assert verdict.passed


RUBBISH = {
    "a page": b"GET / HTTP/1.1\r\nHost: judge\r\n\r\n",
    "much": b"\xff" * 100_000,
    "no object": b"\0\0\0\x04abcd",
    "a strange object": b"\0\0\0\x05" + b"cos\nq",
    "cut off": b"\0\0\x01\0only the beginning",
    "nothing": b"",
}


def test_rubbish_ends_nothing(lasting: int) -> None:
    for data in RUBBISH.values():
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as other:
            other.connect(str(client.address()))
            with contextlib.suppress(BrokenPipeError, ConnectionResetError):
                other.sendall(data)
    with client._connect() as line:
        line.send({"an object": "of another kind"})
    verdict = client.ask(job())
    assert verdict is not None
    assert verdict.passed
    assert client.running() == lasting


def test_a_client_that_leaves_in_the_middle_ends_nothing(lasting: int) -> None:
    with client._connect() as line:
        line.send(job("def line_grads(x, y, w, b):\n    while True: pass\n"))
        line.receive(20)
    with client._connect() as line:
        line.send(job())
        assert not isinstance(line.receive(60), CheckResult)  # it has begun
        assert isinstance(line.receive(60), CheckResult)
    assert client.running() == lasting


def test_it_stops_at_once_while_it_judges(folder: Path) -> None:
    client.start()
    silent = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    with silent, client._connect() as line:
        silent.connect(str(client.address()))
        line.send(job("def line_grads(x, y, w, b):\n    while True: pass\n"))
        line.receive(20)
        began = time.monotonic()
        assert client.stop()
        assert time.monotonic() - began < 2 * client.PATIENCE
    assert client.running() is None


def test_one_that_does_not_answer_is_killed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    number = client.start()
    monkeypatch.setattr(client, "PATIENCE", 0.5)
    os.kill(number, signal.SIGSTOP)
    assert client.stop()
    assert client.running() is None


def test_two_that_start_at_once_become_one(folder: Path) -> None:
    path = client.address()
    assert [client.begin(path), client.begin(path), client.begin(path)] == [True, False, False]
    assert client.start() == client.running()


def test_a_check_waits_for_one_that_is_starting(folder: Path) -> None:
    client.begin(client.address())
    verdict = client.ask(job())
    assert verdict is not None
    assert verdict.passed


def test_one_started_in_a_strange_shell_judges_the_same(
    folder: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    for name, value in STRANGE.items():
        monkeypatch.setenv(name, value)
    monkeypatch.chdir(tmp_path)
    (tmp_path / "torch.py").write_text("raise SystemExit(99)\n")
    client.start()
    verdict = client.ask(job("def line_grads(x, y, w, b):\n    return w * 0, b * 0\n"))
    assert verdict is not None
    assert verdict.status == "fail"
    assert len(verdict.checks) == verdict.declared


def test_it_ends_when_its_socket_is_gone(folder: Path) -> None:
    process = serving(folder, 1.0)
    path = folder / "judge"
    while not path.exists():
        assert process.poll() is None
        time.sleep(0.02)
    path.unlink()
    assert process.wait(60) == 0


@pytest.mark.parametrize(
    ("meminfo", "tight"),
    [("MemAvailable:  900000 kB\n", False), ("MemAvailable:  700000 kB\n", True), ("", False)],
)
def test_memory_is_tight_when_less_is_left_than_a_judge_needs(
    meminfo: str, tight: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    def read(path: Path) -> str:
        return meminfo if path.name == "meminfo" else ""

    monkeypatch.setattr(Path, "read_text", read)
    assert free_memory.is_tight() is tight
