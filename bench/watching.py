"""`watch` and `soak`: saves as editors make them, into a real screen without a terminal."""

import asyncio
import hashlib
import os
import statistics
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from textual.pilot import Pilot

from dojo.course import derive
from dojo.course.catalog import Catalog, Kata, load
from dojo.desk.desk import Desk
from dojo.desk.log import ProgressLog
from dojo.desk.progress import Progress
from dojo.desk.workspace import Workspace
from dojo.warm.newest_wins import prepare
from dojo.watch.app import WatchApp

BUDGET = 0.25  # seconds from a save to its verdict
ATTACKS = Path(__file__).parents[1] / "tests" / "attacks"
# Of each family one, but those that only wait for their limit.
MISCHIEF = (
    *("os_exit", "sys_exit", "raise_base_exception", "segfault", "deep_recursion", "zeros"),
    *("hundred_gigabyte_tensor", "invalid_utf8_output", "close_descriptors", "forged_replies"),
    *("pytest_skip", "default_dtype", "gradients_off", "function_mode", "write_to_descriptors"),
    *("endless_loop", "swallow_everything", "fork_bomb", "daemon", "read_suite", "send_udp"),
)


@dataclass(frozen=True)
class Save:
    """How long one save took.

    Attributes:
        kata: whose file.
        what: the solution, or a mistake.
        first_s: seconds until the first finding was shown; None where nothing failed.
        verdict_s: seconds until the verdict was shown.
        base_s: seconds of a cold pytest on the same file.
    """

    kata: str
    what: str
    first_s: float | None
    verdict_s: float
    base_s: float


class Watched:
    """A running watch screen, and when it showed what."""

    def __init__(self, app: WatchApp, pilot: Pilot[None]) -> None:
        self.app = app
        self.pilot = pilot
        session = app.session
        if session is None:
            raise RuntimeError("the screen has not begun")
        self.session = session

    async def until(self, condition: Callable[[], bool], seconds: float = 60) -> float:
        """The time at which a condition held for the first time."""
        deadline = time.monotonic() + seconds
        while not condition():
            if time.monotonic() > deadline:
                raise TimeoutError(f"{self.session.state.kata.id} {self.session.state.phase}")
            await asyncio.sleep(0.001)
        return time.perf_counter()

    async def save(self, path: Path, source: bytes) -> tuple[float | None, float]:
        """Seconds from a save to its first finding, if any, and to its verdict on the screen."""
        digest = hashlib.sha256(source).hexdigest()
        started = time.perf_counter()
        path.write_bytes(source)
        first: list[float] = []
        before = self.session.state.checks  # of the last save, until this one is noticed

        def judged() -> bool:
            state = self.session.state
            shown = state.shown
            done = shown is not None and shown.verdict.digest == digest and state.phase == "done"
            new = state.checks is not before
            if new and not first and any(c.finding for c in state.checks):
                first.append(time.perf_counter())
            return done

        await self.until(judged)
        await self.pilot.pause()  # until it is painted
        end = time.perf_counter()
        return first[0] - started if first else None, end - started

    @property
    def head(self) -> str:
        """The line that says how the last save was judged."""
        return self.text.split("\n")[2]

    @property
    def text(self) -> str:
        """The main screen, as text."""
        strips = self.app.screen_stack[0]._compositor.render_strips()
        return "\n".join("".join(segment.text for segment in strip) for strip in strips)


@asynccontextmanager
async def watched(folder: Path, kata: Kata, catalog: Catalog) -> AsyncIterator[Watched]:
    """A watch screen on a workspace in this folder."""
    prepare()
    workspace = Workspace(folder)
    desk = Desk(catalog, workspace, ProgressLog(workspace.state), Progress(), folder)
    app = WatchApp(desk, kata)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        screen = Watched(app, pilot)
        await screen.until(lambda: screen.session.state.phase == "done", 120)
        yield screen


async def measure(folder: Path, runs: int) -> list[Save]:
    """Save each kata's solution and one of its mistakes, so many times, and cold pytest beside."""
    catalog = load()
    saves: list[Save] = []
    async with watched(folder, catalog.katas[0], catalog) as screen:
        for kata in catalog.katas:
            path = screen.app.desk.workspace.stub(kata)
            screen.session.open(kata)
            await screen.until(lambda: screen.session.state.phase == "done", 120)
            mistake = kata.mistakes()[0]
            texts = {
                "solution": kata.solution_path.read_text(encoding="utf-8"),
                mistake.id: derive.mistake_text(kata, mistake),
            }
            for what, text in texts.items():
                times: list[tuple[float | None, float]] = []
                for number in range(runs):
                    source = f"{text}\n# save {number}\n".encode()
                    times.append(await screen.save(path, source))
                found = [t[0] for t in times if t[0] is not None]
                first = statistics.median(found) if found else None
                verdict = statistics.median(t[1] for t in times)
                saves.append(Save(kata.id, what, first, verdict, _plain(folder, kata, text)))
    return saves


def _plain(folder: Path, kata: Kata, text: str) -> float:
    """Seconds of a cold pytest that imports the file and compares nothing: less than any suite."""
    (folder / "answer.py").write_text(text, encoding="utf-8")
    suite = folder / "test_plain.py"
    suite.write_text("import torch, answer\ndef test_it(): assert torch.ones(1)\n")
    started = time.perf_counter()
    subprocess.run(
        [sys.executable, "-m", "pytest", "-q", str(suite)],
        cwd=folder,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    return time.perf_counter() - started


@dataclass(frozen=True)
class Held:
    """What the screen and its judge hold: processes, open files, and memory of both in bytes."""

    processes: int
    files: int
    memory: int


async def soak(folder: Path, saves: int, tell: Callable[[str], None]) -> tuple[Held, Held]:
    """Save so many times, a third of it mischief; what is held early and at the end.

    Raises:
        AssertionError: the screen showed something else than the verdict on the newest file.
    """
    catalog = load()
    kata = catalog.kata("1.2.2")
    solution = kata.solution_path.read_bytes()
    wrong = [derive.mistake_text(kata, m).encode() for m in kata.mistakes()[:7]]
    mischief = [(ATTACKS / f"{name}.py").read_bytes() for name in MISCHIEF]
    early: Held | None = None
    async with watched(folder, kata, catalog) as screen:
        path = screen.app.desk.workspace.stub(kata)
        for number in range(saves):
            kind, turn = number % 3, number // 3
            source = (solution, wrong[turn % len(wrong)], mischief[turn % len(mischief)])[kind]
            source += b"\n# %d\n" % number
            if b"endless_loop" in source or (kind == 2 and turn % 5 == 4):
                path.write_bytes(source)  # the next save overtakes this one
                await asyncio.sleep(0.05)
                continue
            await screen.save(path, source)
            shown = screen.session.state.shown
            assert shown is not None
            assert shown.subject.source == source, "a verdict of another file"
            assert shown.verdict.passed == (kind == 0), f"save {number}: {shown.verdict}"
            # Painted with the next frame at the latest.
            await screen.until(lambda right=kind == 0: ("passed" in screen.head) == right, 1)
            if number % 50 == 49:
                tell(f"{number + 1} saves: {held(screen)}")
            if early is None and number >= saves // 10 and kind == 0:
                early = await _at_rest(screen)
        await screen.save(path, solution + b"\n# the end\n")
        late = await _at_rest(screen)
    assert early is not None
    return early, late


async def _at_rest(screen: Watched) -> Held:
    """What is held when nothing has been saved for a while."""
    await asyncio.sleep(1)
    return held(screen)


def held(screen: Watched) -> Held:
    """What this process and all below it hold now (Linux)."""
    pids = [os.getpid(), *_below(os.getpid())]
    main = [os.getpid(), *([screen.session.judge_pid] if screen.session.judge_pid else [])]
    files = sum(len(os.listdir(f"/proc/{pid}/fd")) for pid in main)
    return Held(len(pids), files, sum(_memory(pid) for pid in main))


def _below(parent: int) -> Sequence[int]:
    try:
        text = Path(f"/proc/{parent}/task/{parent}/children").read_text()
    except OSError:
        return []
    children = [int(word) for word in text.split()]
    return [*children, *(grandchild for child in children for grandchild in _below(child))]


def _memory(pid: int) -> int:
    for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
        if line.startswith("Pss:"):
            return int(line.split()[1]) * 1024
    return 0
