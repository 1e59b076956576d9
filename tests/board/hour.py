"""An hour of 25 simulated learners who work through 1.1 to 1.3, told to a real room over HTTP.

What they send is what their `kata` would: the slips are those of tests/answers/, by the names that
the cards give them. Their clocks tell how long they worked; the room takes it all at once.
"""

import json
import re
import subprocess
import sys
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from dojo.course.catalog import Kata, load
from dojo.joined.protocol import EVENTS, JOIN, PROTOCOL, STATE

ROOT = Path(__file__).resolve().parents[2]
NAMES = (
    "Ada", "Amir", "Bea", "Chidi", "Dana", "Emil", "Eve <b>", "Femi", "Grace", "Hana", "Ivo",
    "Jun", "Kofi", "Lena", "Mia", "Noor", "Oskar", "Priya", "Quentin", "Rosa", "Sam", "Tariq",
    "Uma", "Vera", "Wim",
)  # fmt: skip
CATALOG = load(ROOT)
KATAS = [k for k in CATALOG.katas if k.lesson_id in ("1.1", "1.2", "1.3")]
CHECKS = ("load", "shapes", "values", "gradients", "typing")
LEADS = "gradients-pile-up"  # in which nine of them are at the end, in 1.2.6
BEGAN = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)


def slips() -> dict[str, str]:
    """For each kata by its slug a mistake of its card that an answer of tests/answers/ makes."""
    found: dict[str, str] = {}
    for path in sorted((ROOT / "tests/answers").glob("1.[123].*.py")):
        kata = CATALOG.kata(path.stem.split("_")[0])
        name = path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# first: ")
        if any(m.id == name for m in kata.mistakes()):
            found.setdefault(kata.slug, name)
    return found


def sentence(kata_id: str, mistake: str) -> str:
    """What the card says of a mistake, without the backticks."""
    says = next(m.says for m in CATALOG.kata(kata_id).mistakes() if m.id == mistake)
    return says.replace("`", "")


@dataclass
class Room:
    """A server in a process of its own, and how to reach it.

    Attributes:
        folder: where it keeps the room.
        process: of the server.
        base: its address, by number.
        board, projector: the secrets.
        code: that admits.
    """

    folder: Path
    process: "subprocess.Popen[str]"
    base: str
    board: str
    projector: str
    code: str

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self.base.rpartition(":")[2])

    def stop(self) -> None:
        """End it without a word, as a power cut would."""
        self.process.kill()
        self.process.wait(10)


def open_room(folder: Path, port: int = 0) -> Room:
    """Open the room of a folder, or go on with it."""
    command = "kata room open --katas 1.1-1.3 --title Loops"
    process = subprocess.Popen(
        [sys.executable, "-m", *command.split(), "--port", str(port), "--folder", str(folder)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    said = ""
    for line in process.stdout:
        said += line
        if "kata join" in line:
            break
    links = dict(re.findall(r"/(board|projector)/enter#(\S+)", said))
    joins = re.search(r"kata join (http://\S+) (\S+)", said)
    assert joins is not None, said
    return Room(folder, process, joins[1], links["board"], links["projector"], joins[2])


def ask(room: Room, path: str, body: object = None, token: str = "") -> Any:
    """What the room answers to a learner's `kata`."""
    data = None if body is None else json.dumps(body).encode()
    head = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
    request = urllib.request.Request(room.base + path, data, head)
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.load(answer)


@dataclass
class Learner:
    """One of them, with a clock of their own.

    Attributes:
        room: in which they are.
        name: as they call themselves.
        minute: since they began.
    """

    room: Room
    name: str
    minute: float = 0.0
    token: str = ""
    number: int = 0
    _sent: int = 0
    _events: list[dict[str, Any]] = field(default_factory=list)

    def join(self) -> "Learner":
        """Join the room by its code."""
        wish = {"protocol": PROTOCOL, "code": self.room.code, "name": self.name, "engine": "test"}
        joined = ask(self.room, JOIN, wish)
        self.token, self.number = joined["token"], joined["learner"]
        return self

    def does(self, kind: str, kata: str = "", after: float = 0.0, **data: Any) -> None:
        """An event, so many minutes after the last."""
        self.minute += after
        self._sent += 1
        at = (BEGAN + timedelta(minutes=self.minute)).isoformat()
        self._events.append({"n": self._sent, "at": at, "kind": kind, "kata": kata, **data})

    def checks(
        self, kata: Kata, passed: int, *mistakes: str, after: float = 3.0, **more: Any
    ) -> None:
        """A check with so many of five checks passed."""
        data: Mapping[str, Any] = {
            "status": "pass" if passed == len(CHECKS) else "fail",
            "passed": [*CHECKS[:passed]],
            "failed": [*CHECKS[passed:]],
            "checks": len(CHECKS),
            "mistakes": [*mistakes],
            "relations": [],
            "digest": f"{self._sent:064x}",
            "seconds": 0.2,
            "untouched": False,
        }
        self.does("checked", kata.slug, after, **{**data, **more})

    def send(self) -> None:
        """Hand over what happened."""
        ask(self.room, EVENTS, {"protocol": PROTOCOL, "events": self._events}, self.token)
        self._events.clear()

    def state(self) -> Any:
        """What the room says to them."""
        return ask(self.room, STATE, token=self.token)["state"]


def work(room: Room) -> dict[str, Learner]:
    """The hour: how far each comes, with which slips; everything is sent when this returns."""
    slipped = slips()
    learners = {name: Learner(room, name).join() for name in NAMES}
    for i, (name, learner) in enumerate(learners.items()):
        if name == "Wim":
            continue  # joined, and does nothing
        for k, kata in enumerate(KATAS[: _reached(name, i)]):
            learner.does("begun", kata.slug, after=0.5)
            if kata.slug in slipped and (i + k) % 3 == 0:
                learner.checks(kata, 2, slipped[kata.slug])
            learner.checks(kata, 5, after=3 + i % 4)
        _end(name, learner)
        learner.send()
    return learners


PILED = ("Amir", "Chidi", "Dana", "Femi", "Hana", "Jun", "Lena", "Rosa")
LINES = CATALOG.kata("1.2.6")
SEEN = CATALOG.kata("1.3.1")


def _reached(name: str, i: int) -> int:
    """How many katas somebody passed."""
    if name in (*PILED, "Bea"):
        return KATAS.index(LINES)
    return {"Grace": KATAS.index(SEEN), "Quentin": 5, "Ada": len(KATAS)}.get(name, 3 + i % 6)


def _end(name: str, learner: Learner) -> None:
    """Where somebody is when the hour is over, and what they do there."""
    if name in PILED:
        learner.checks(LINES, 3, LEADS)
    elif name == "Bea":
        for _ in range(3):
            learner.checks(LINES, 3, LEADS)
    elif name == "Grace":
        learner.checks(SEEN, 1)
        for n in range(1, len(SEEN.hints) + 1):
            learner.does("hinted", SEEN.slug, 1, hints=n, of=len(SEEN.hints))
    elif name == "Quentin":  # half an hour in which nothing newly passes
        learner.does("begun", KATAS[5].slug)
        for _ in range(10):
            learner.checks(KATAS[5], 2, relations=["values: ratio 1/2"])
    elif name == "Emil":
        learner.does("asked", KATAS[6].slug, text="why is my <i>loss</i> nan?")
    if name == "Rosa":
        learner.does(
            "shared", LINES.slug, digest="0" * 64, source="loss.backward(); w -= lr * w.grad"
        )
