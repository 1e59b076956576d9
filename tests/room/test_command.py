"""`kata room` as a process: opened, ended by Ctrl-C, killed, gone on with, closed, exported."""

import contextlib
import csv
import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest

KATA = [sys.executable, "-c", "from kata import main; main()"]
Sent = Callable[..., dict[str, Any]]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="signals are sent")


@dataclass
class Open:
    """`kata room open`, running."""

    process: "subprocess.Popen[str]"
    said: str

    def find(self, pattern: str) -> str:
        found = re.search(pattern, self.said)
        assert found is not None, self.said
        return found[1]

    @property
    def base(self) -> str:
        return self.find(r"kata join (\S+) ")

    def join(self, name: str) -> httpx.Client:
        wish = {
            "protocol": 1,
            "name": name,
            "code": self.find(r"kata join \S+ (\S+)"),
            "engine": "",
        }
        answer = httpx.post(f"{self.base}/api/join", json=wish)
        assert answer.status_code == 200, answer.text
        return self.learner(answer.json()["token"])

    def learner(self, token: str) -> httpx.Client:
        return httpx.Client(base_url=self.base, headers={"Authorization": f"Bearer {token}"})

    def end(self, number: int) -> float:
        """Send a signal; how many seconds it takes until the process is gone."""
        started = time.monotonic()
        self.process.send_signal(number)
        self.process.wait(timeout=60)
        return time.monotonic() - started


@pytest.fixture
def kata(tmp_path: Path) -> Callable[..., "subprocess.CompletedProcess[str]"]:
    def run(*words: str) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [*KATA, *words],
            cwd=tmp_path,
            env=_environment(),
            capture_output=True,
            text=True,
            timeout=120,
        )

    return run


@pytest.fixture
def open_room(tmp_path: Path) -> Iterator[Callable[..., Open]]:
    """Opens rooms in this folder, and ends what is left of them."""
    running: list[subprocess.Popen[str]] = []

    def start(*words: str) -> Open:
        process = subprocess.Popen(
            [*KATA, "room", "open", "--port", "0", *words],
            cwd=tmp_path, env=_environment(), text=True,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        )  # fmt: skip
        running.append(process)
        assert process.stdout is not None
        lines: list[str] = []
        for line in process.stdout:
            lines.append(line)
            if line.startswith("Ctrl-C"):
                break
        return Open(process, "".join(lines))

    yield start
    for process in running:
        process.kill()
        process.wait()


def _environment() -> dict[str, str]:
    kept = {k: v for k, v in os.environ.items() if not k.startswith("KATA_")}
    return {**kept, "COLUMNS": "200", "NO_COLOR": "1"}


def test_ctrl_c_with_twenty_boards_open_ends_within_two_seconds(
    open_room: Callable[..., Open],
) -> None:
    room = open_room("--katas", "1.1")
    secret = room.find(r"/board/enter#(\S+)")
    with httpx.Client(base_url=room.base) as browser:
        browser.post("/board/enter", data={"secret": secret}, headers={"Origin": room.base})
        cookies = dict(browser.cookies)
    begun, ended = threading.Barrier(21), [threading.Event() for _ in range(20)]

    def look(end: threading.Event) -> None:
        with httpx.stream(
            "GET", f"{room.base}/board/stream", cookies=cookies, timeout=60
        ) as answer:
            assert answer.status_code == 200
            first = True
            with contextlib.suppress(httpx.RemoteProtocolError, httpx.ReadError):
                for _ in answer.iter_raw():
                    if first:
                        begun.wait(60)
                        first = False
        end.set()

    for end in ended:
        threading.Thread(target=look, args=(end,), daemon=True).start()
    begun.wait(60)
    assert room.end(signal.SIGINT) < 2.0
    assert room.process.returncode == 0
    assert all(end.wait(10) for end in ended)


def test_what_was_answered_outlasts_a_kill_and_is_counted_once(
    open_room: Callable[..., Open], sent: Sent
) -> None:
    room = open_room("--katas", "1.1")
    ada = room.join("Ada")
    token = ada.headers["Authorization"].removeprefix("Bearer ")
    ada.post("/api/events", json=sent("begun", "asked", kata="mse-loss"))
    secret = room.find(r"/board/enter#(\S+)")
    room.end(signal.SIGKILL)

    again = open_room()
    assert "goes on" in again.said
    with again.learner(token) as ada:
        assert ada.get("/api/state").json()["upto"] == 2
        body = sent("begun", "asked", "answered", kata="mse-loss")
        assert ada.post("/api/events", json=body).json()["upto"] == 3
    with httpx.Client(base_url=again.base) as browser:  # the link of before opens the board still
        entered = browser.post(
            "/board/enter", data={"secret": secret}, headers={"Origin": again.base}
        )
        assert entered.status_code == 303
        assert "Ada" in browser.get("/board").text


def test_two_servers_do_not_share_a_folder(
    open_room: Callable[..., Open], kata: Callable[..., Any]
) -> None:
    open_room("--katas", "1.1")
    done = kata("room", "open", "--port", "0")
    assert done.returncode == 2
    assert "open already" in done.stderr


def test_new_links_take_the_place_of_old_ones(open_room: Callable[..., Open]) -> None:
    room = open_room("--katas", "1.1")
    secret = room.find(r"/board/enter#(\S+)")
    room.end(signal.SIGINT)
    again = open_room("--new-links")
    answer = httpx.post(
        f"{again.base}/board/enter", data={"secret": secret}, headers={"Origin": again.base}
    )
    assert answer.status_code == 403


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL])
def test_a_code_admits_nobody_after_the_server_has_ended(
    open_room: Callable[..., Open], how: int
) -> None:
    room = open_room("--katas", "1.1")
    code = room.find(r"kata join \S+ (\S+)")
    room.end(how)
    again = open_room()
    wish = {"protocol": 1, "code": code, "name": "Eve", "engine": ""}
    assert httpx.post(f"{again.base}/api/join", json=wish).status_code == 403


def test_a_closed_room_is_told_and_exported(
    open_room: Callable[..., Open], kata: Callable[..., Any], sent: Sent, tmp_path: Path
) -> None:
    room = open_room("--katas", "1.1.1-1.1.2,1.2.1", "--title", "Monday")
    with room.join("=SUM(A1)") as ada:
        body = sent("checked", "checked", kata="mse-loss", status="fail", mistakes=["half"])
        body["events"][1] |= {"mistakes": ["not-a-number"], "relations": ["values: huge"]}
        ada.post("/api/events", json=body)
        ada.post("/api/events", json=sent("checked", first=3, kata="mse-loss", status="pass"))
    room.join("Bo").close()
    done = kata("room", "close")
    assert done.returncode == 0, done.stderr
    assert "'Monday' is closed" in done.stdout
    done = kata("room", "export", "--out", "out")
    assert done.returncode == 0, done.stderr
    with (tmp_path / "out/grades.csv").open(encoding="utf-8-sig", newline="") as file:
        head, *rows = csv.reader(file)
    assert [h.split()[0] for h in head[1:4]] == ["1.1.1", "1.1.2", "1.2.1"]
    assert all("(reported)" in h for h in head[1:5])
    assert rows == [
        ["'=SUM(A1)", "1", "", "", "1", "3", "0"],
        ["Bo", "", "", "", "0", "0", "0"],
    ]
    page = (tmp_path / "out/report.html").read_text(encoding="utf-8")
    assert "nothing was judged here" in page
    assert "All of it was judged here" not in page
    assert "half" in page
    assert "The result is NaN" in page  # a name of the engine's own
    assert "huge" not in page  # a failure without a name


def test_forgetting_from_the_command_line_reaches_the_open_room(
    open_room: Callable[..., Open], kata: Callable[..., Any], sent: Sent, tmp_path: Path
) -> None:
    room = open_room("--katas", "1.1")
    with room.join("Zacharias") as who:
        who.post("/api/events", json=sent("asked", text="my question"))
        assert kata("room", "forget", "--learner", "1").returncode == 0
        until = time.monotonic() + 60
        while who.get("/api/state").status_code != 401:
            assert time.monotonic() < until
            time.sleep(0.1)
    whole = b"".join(p.read_bytes() for p in (tmp_path / "kata-room").iterdir())
    assert b"Zacharias" not in whole
    assert b"my question" not in whole


def test_a_whole_room_can_be_forgotten(
    open_room: Callable[..., Open], kata: Callable[..., Any], tmp_path: Path
) -> None:
    room = open_room("--katas", "1.1")
    room.join("Zacharias").close()
    room.end(signal.SIGINT)
    assert kata("room", "forget", "--everybody").returncode == 0
    assert b"Zacharias" not in (tmp_path / "kata-room/room.sqlite").read_bytes()
    assert kata("room", "export").returncode == 2


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("room", "open"), "--katas"),
        (("room", "open", "--katas", "99.1"), "no kata"),
        (("room", "open", "--katas", "1.1", "--tls-cert", "x.pem"), "--tls-key"),
        (("room", "open", "--katas", "1.1", "--host", "203.0.113.7"), "can listen"),
        (("room", "close"), "no room"),
        (("room", "export", "--folder", "nowhere"), "no room"),
        (("room", "forget"), "--learner"),
        (("room", "open", "--katas", "1.1", "--database", "nonsense"), "database"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(
    kata: Callable[..., Any], words: tuple[str, ...], said: str
) -> None:
    done = kata(*words)
    assert done.returncode == 2
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_light_commands_load_nothing_of_a_room(tmp_path: Path) -> None:
    code = (
        "import sys; from dojo.commands.group import cli; "
        "cli(['room', '--help'], standalone_mode=False); "
        "print([m for m in ('fastapi', 'sqlalchemy', 'uvicorn', 'alembic') if m in sys.modules])"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env=_environment(), capture_output=True, text=True, check=True
    )
    assert done.stdout.splitlines()[-1] == "[]"


def test_where_the_extra_is_missing_one_sentence_says_so(tmp_path: Path) -> None:
    code = "import sys; sys.modules['fastapi'] = None; from dojo.commands.group import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", code, "room", "close"],
        cwd=tmp_path, env=_environment(), capture_output=True, text=True,
    )  # fmt: skip
    assert done.returncode == 2
    assert ".[room]" in done.stderr
