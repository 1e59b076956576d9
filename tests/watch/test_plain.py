"""`kata watch --plain`: lines below each other, in any encoding, and by the real judge once."""

import io
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from dojo.desk.desk import Desk
from dojo.screens.terminal import Terminal
from dojo.watch import plain
from dojo.watch.plain import PlainWatch
from dojo.watch.session import Session

from .conftest import FakeElsewhere


def watched(desk: Desk, text: str, encoding: str, monkeypatch: pytest.MonkeyPatch) -> str:
    def session(
        desk: Desk, kata: object, post: object, changed: object, events: bool, company: object
    ) -> Session:
        return Session(desk, desk.catalog.katas[0], post, changed, events, FakeElsewhere, company)  # type: ignore[arg-type]

    monkeypatch.setattr(plain, "Session", session)
    kata = desk.catalog.katas[0]
    desk.workspace.stub(kata).write_text(text)
    stream = io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors="strict", newline="\n")
    PlainWatch(Terminal(stream), desk, kata).run(most=1)
    stream.seek(0)
    return stream.read()


@pytest.mark.parametrize("encoding", ["utf-8", "ascii", "latin-1"])
def test_a_verdict_is_printed_in_any_encoding(
    desk: Desk, encoding: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = watched(desk, "WRONG", encoding, monkeypatch)
    assert "Judged at every save" in text
    assert "Where is the division?" in text
    assert "k1_mean_of_squares.py:3" in text
    assert "\x1b" not in text


def test_ctrl_c_ends_it_without_a_traceback(desk: Desk, tmp_path: Path) -> None:
    program = (
        f"import sys; sys.path.insert(0, {str(Path(__file__).parents[2])!r})\n"
        "import kata; from dojo.course import catalog; import pathlib\n"
        f"catalog.content_root = lambda: pathlib.Path({str(desk.cwd)!r})\n"
        "kata.main()"
    )
    process = subprocess.Popen(
        [sys.executable, "-c", program, "watch", "1.2.1"],
        cwd=desk.cwd,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        start_new_session=True,
    )
    assert process.stdout is not None
    while "Judged at every save" not in process.stdout.readline():
        assert process.poll() is None
    os.killpg(process.pid, signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode == 130, err
    assert "Traceback" not in err
    deadline = time.monotonic() + 20
    while _in_group(process.pid):
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _in_group(group: int) -> list[str]:
    found = subprocess.run(["ps", "-o", "pid=", "-g", str(group)], capture_output=True, text=True)
    return found.stdout.split()
