"""Both ends together: `kata room open` in a process of its own, and learners who work on."""

import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

pytest.importorskip("fastapi")
pytest.importorskip("sqlalchemy")

from dojo.joined import membership, web
from dojo.joined.protocol import STATE
from dojo.room.acts import Act, LowerHand, Say, SolutionsFrom, Timer, kind_of, to_data
from dojo.room.store import Store, sqlite_url

Run = Callable[..., subprocess.CompletedProcess[str]]
RUNNER = Path(__file__).with_name("patient_kata.py")
FIRST = "katas/lesson_1_2_linear_regression/k1_mean_of_squares.py"
SECRET = "# WRONG, and nobody's business"


class Served:
    """A room that can be killed and opened again at the same address."""

    def __init__(self, course: Path, environment: dict[str, str]) -> None:
        self._course, self._environment = course, environment
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.folder = course.parent / "kata-room"
        self.open()

    def open(self) -> None:
        words = [sys.executable, str(RUNNER), str(self._course), "room", "open", "--katas", "1.2"]
        words += ["--title", "Monday", "--folder", str(self.folder), "--port", str(self.port)]
        self.process = subprocess.Popen(
            words, cwd=self._course, env=self._environment, stdout=subprocess.PIPE, text=True
        )
        assert self.process.stdout is not None
        said = ""
        for line in self.process.stdout:
            said += line
            if "Ctrl-C" in line:
                break
        code = re.search(r"kata join (\S+) (\S+)", said)
        assert code is not None, said
        self.address, self.code = code[1], code[2]

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def act(self, act: Act, seen: Callable[[dict[str, Any]], bool]) -> None:
        """What the instructor does; comes back when the room tells learners of it."""
        store = Store(sqlite_url(self.folder))
        with store.writing() as writing:
            room = store.rooms()[0].id
            writing.append(room, None, None, kind_of(act), to_data(act))
            writing.finish()
        store.close()
        member = membership.read(self._course / ".kata")
        assert member is not None
        to = web.place(self.address)
        while not seen(web.Line(to).ask("GET", STATE, None, member.token, 60.0)["state"]):
            time.sleep(0.5)  # it looks every other second

    def told(self) -> list[tuple[int, str]]:
        """What the room's log holds of learners: number and kind of each event."""
        store = Store(sqlite_url(self.folder))
        room = store.rooms()[0].id
        told = [(e.n, e.kind) for e in store.entries(room) if e.learner is not None and e.n]
        store.close()
        return told


@pytest.fixture
def served(course: Path, environment: dict[str, str]) -> Iterator[Served]:
    server = Served(course, environment)
    yield server
    server.kill()


@pytest.fixture
def joined(kata: Run, course: Path, served: Served) -> Run:
    done = kata("join", served.address, served.code.lower(), "--name", "Ada")
    assert done.returncode == 0, done.stderr
    (course / FIRST).write_text(SECRET)
    return kata


def test_an_hour_of_work_arrives_while_the_room_is_killed_on_the_way(
    joined: Run, served: Served
) -> None:
    joined("next")
    assert 'Told to the room "Monday".' in joined("check", "1.2.1").stdout
    served.kill()
    for _ in range(2):
        said = " ".join(joined("check", "1.2.1").stdout.split())
        assert "nothing listens there): it is kept, and sent later" in said
    served.open()
    assert 'Told to the room "Monday".' in joined("hint", "1.2.1").stdout
    assert served.told() == [
        (1, "begun"), (2, "checked"), (3, "checked"), (4, "checked"), (5, "hinted"),
    ]  # fmt: skip


def test_what_the_instructor_says_is_read_under_the_next_check(
    joined: Run, served: Served, course: Path
) -> None:
    served.act(Timer(30), lambda state: state["timer_ends"] is not None)
    served.act(Say("Five minutes' break."), lambda state: state["line"] != "")
    said = joined("check", "1.2.1").stdout
    assert "Five minutes' break." in said
    assert re.search(r"(29|30) minutes left", said)
    assert "break" not in joined("check", "1.2.1").stdout
    (course / FIRST).write_text("# RIGHT")
    joined("check", "1.2.1")
    assert "shown later" in joined("solution", "1.2.1").stderr
    served.act(SolutionsFrom(0), lambda state: state["solutions"])
    assert joined("solution", "1.2.1").returncode == 0


def test_a_hand_is_raised_and_lowered_by_the_board(joined: Run, served: Served) -> None:
    assert "Your hand is up" in joined("ask", "why?").stdout
    served.act(LowerHand(1), lambda state: not state["hand"])
    assert "Your hand is down again." in joined("check", "1.2.1").stdout


def test_the_room_s_file_holds_no_code_unless_it_was_shared_and_nothing_after_forgetting(
    joined: Run, served: Served
) -> None:
    def held(text: str) -> list[str]:
        return [p.name for p in served.folder.iterdir() if text.encode() in p.read_bytes()]

    joined("check", "1.2.1")
    assert held("nobody's business") == []
    joined("share", "1.2.1")
    assert held("nobody's business")
    assert "nothing more is sent" in joined("leave").stdout
    assert "deleted all" in joined("leave", "--forget").stdout
    until = time.monotonic() + 60  # its files are tidied after it has answered
    while held("nobody's business") and time.monotonic() < until:
        time.sleep(0.2)
    assert held("nobody's business") == []
    assert served.told() == []
