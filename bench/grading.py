"""What grading takes: processor time and memory of all its processes, on one worker, two, Dask.

Memory is what processes hold alone and their part of what they share (PSS); both are read from
/proc, so this measures on Linux only.
"""

import hashlib
import io
import os
import resource
import statistics
import subprocess
import sys
import tarfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path

from dojo.course.catalog import Catalog, Kata, load
from dojo.course.derive import mistake_text, stub_text
from dojo.grade.lanes import grade_all
from dojo.grade.unit import GradeJob, Grading, seeds_of
from dojo.machine import cores
from dojo.warm.apart import Forked
from dojo.warm.together import MANY, together
from dojo.warm.worker import How

SMALL = ("1.1.2", "1.2.2")
_TICK = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True)
class Cost:
    """Of one file: seconds of processor time of all processes, and of the clock."""

    processor: float
    clock: float


def answers(kata: Kata, right: bool) -> Iterator[bytes]:
    """Different files without end: the solution, or its mistakes in turn."""
    mistakes = kata.mistakes()
    number = 0
    while True:
        text = kata.solution_path.read_text("utf-8")
        if not right:
            text = mistake_text(kata, mistakes[number % len(mistakes)])
        yield f"{text}# {number}\n".encode()
        number += 1


def job(kata: Kata, source: bytes) -> GradeJob:
    """Judging a file as `kata grade` does."""
    return GradeJob(kata, source, seeds_of(hashlib.sha256(source).hexdigest()))


def each(kata: Kata, right: bool, files: int, between: Callable[[], float]) -> tuple[Cost, float]:
    """What a file costs a warm judge, and what `between` returned at the median, in turns."""
    others: list[float] = []
    source = answers(kata, right)
    with (
        together(len(cores.usable()), MANY) as hows,
        closing(Forked(load(kata.root), hows[0])) as judge,
    ):
        judge.become_warm()
        for _ in range(3):
            judge.ask(job(kata, next(source)))
        processor = clock = 0.0
        for part in range(3):
            before, started = processor_time(), time.perf_counter()
            for _ in range(files):
                grading = judge.ask(job(kata, next(source)))
                if grading.verdict.passed != right:
                    raise SystemExit(f"{kata.id}: a {grading.verdict.status} was not expected")
            clock += time.perf_counter() - started
            processor += processor_time() - before
            if part < 2:
                others.append(between())
    return Cost(processor / (3 * files), clock / (3 * files)), statistics.median(others)


def of_command(words: list[str], folder: Path) -> float:
    """Seconds of processor time that a command takes, with its children."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(words, cwd=folder, check=True, stdout=subprocess.DEVNULL)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


def rates(kata: Kata, files: int) -> dict[str, float]:
    """Files a second with one worker, two, and through Dask with one; warm, in turns."""
    from dojo.grade import cluster

    source = answers(kata, True)
    found: dict[str, list[float]] = {"one": [], "two": [], "dask": []}
    with cluster.connected(cluster.LOCAL, 1) as workers:
        for _ in range(2):
            for name, lanes in (("one", 1), ("two", 2), ("dask", 0)):
                jobs = [job(kata, next(source)) for _ in range(files)]
                if lanes:
                    with together(lanes, MANY) as hows:
                        ready = [_Ready(kata, next(source), how) for how in hows]
                        started = time.perf_counter()
                        grade_all(jobs, [ready.pop] * lanes, _forget)
                else:
                    # A judge begins with each grading, so the first half isn't counted.
                    stamps: dict[int, float] = {}
                    jobs += [job(kata, next(source)) for _ in range(files)]

                    def stamp(
                        index: int, grading: Grading, stamps: dict[int, float] = stamps
                    ) -> None:
                        stamps[index] = time.perf_counter()

                    workers.grade_all(jobs, stamp)
                    started = sorted(stamps.values())[files - 1]
                found[name].append(files / (time.perf_counter() - started))
    return {name: statistics.median(rate) for name, rate in found.items()}


class _Ready(Forked):
    """A judge that has judged already."""

    def __init__(self, kata: Kata, source: bytes, how: How) -> None:
        super().__init__(load(kata.root), how)
        super().become_warm()
        self.ask(job(kata, source))

    def become_warm(self) -> None:
        pass


def _forget(index: int, grading: Grading) -> None:
    pass


def pile(path: Path, submissions: int) -> int:
    """Write an archive of that many, 60 % equal to another; returns how many are different."""
    katas = [k for k in load().katas if k.id in SMALL]
    sources = [(k, answers(k, True), answers(k, False)) for k in katas]
    stubs = [stub_text(k).encode() for k in katas]
    seen: list[tuple[Kata, bytes]] = []
    with tarfile.open(path, "w") as archive:
        for number in range(submissions):
            which = number % len(katas)
            kata, right, wrong = sources[which]
            if number % 5 < 2:
                seen.append((kata, next(right if number % 2 else wrong)))
                content = seen[-1][1]
            elif number % 5 == 2:
                content = stubs[which]
            else:
                kata, content = seen[(number * 7919) % len(seen)]
            info = tarfile.TarInfo(f"learner-{number:05}/{kata.stem}.py")
            info.size = len(content)
            archive.addfile(info, io.BytesIO(content))
    return len(seen) + len(katas)


@dataclass(frozen=True)
class Whole:
    """What `kata grade` took on a pile.

    Attributes:
        seconds: of the clock.
        processor: seconds of all processes.
        memory: bytes that they held together, at most.
        own: the same of the process that was started, alone.
    """

    seconds: float
    processor: float
    memory: int
    own: int


def whole(path: Path, out: Path, *options: str) -> Whole:
    """Grade a pile with the command, and watch its processes."""
    words = ["from kata import main; main()", "grade", str(path), "--out", str(out), *options]
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    process = subprocess.Popen(
        [sys.executable, "-c", *words], cwd=path.parent, stdout=subprocess.DEVNULL
    )
    memory = own = 0
    while process.poll() is None:
        held = {p: _memory(p) for p in processes(process.pid)}
        memory, own = max(memory, sum(held.values())), max(own, held.get(process.pid, 0))
        time.sleep(0.3)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if process.returncode:
        raise SystemExit(f"kata grade ended with {process.returncode}")
    spent = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    return Whole(time.perf_counter() - started, spent, memory, own)


def books(path: Path, out: Path) -> Whole:
    """The same without judging: every file gets the verdict of the first of its kata.

    What is left is what this process does for each submission: reading, keeping, writing.
    """
    code = "from bench.grading import keep_books; keep_books(*sys.argv[1:])"
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(
        [sys.executable, "-c", f"import sys; {code}", str(path), str(out)],
        check=True,
        stdout=subprocess.DEVNULL,
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime
    peak = int((out / "peak").read_text())
    return Whole(time.perf_counter() - started, spent, peak, peak)


def keep_books(path: str, out: str) -> None:
    """In a process of its own: grade with verdicts that are taken from one another."""
    from dojo.commands import grading

    judge: Forked | None = None
    turn = threading.Lock()
    known: dict[tuple[str, bool], Grading] = {}

    class Copying:
        def become_warm(self) -> None:
            pass

        def ask(self, job: GradeJob) -> Grading:
            nonlocal judge
            sort = job.kata.slug, job.source.startswith(job.kata.solution_path.read_bytes())
            with turn:
                if sort not in known:
                    if judge is None:
                        judge = Forked(load(job.kata.root))
                        judge.become_warm()
                    known[sort] = judge.ask(job)
            digest = hashlib.sha256(job.source).hexdigest()
            found = known[sort]
            return replace(found, verdict=replace(found.verdict, digest=digest))

        def close(self) -> None:
            # As long as there are judges beside it; what is written needs more, after their end.
            (Path(out) / "peak").write_text(str(_highest()))

    def copying(catalog: Catalog, how: How | None = None) -> Copying:
        return Copying()

    setattr(grading, "open_lane", copying)  # noqa: B010
    code = grading.grade(grading.GradeWish((Path(path),), Path(out), workers=1))
    if judge is not None:
        judge.close()
    if code:
        raise SystemExit(code)


def _highest() -> int:
    """The most that this process held so far, in bytes; `getrusage` counts its parent's, too."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(x.split()[1]) * 1024 for x in lines if x.startswith("VmHWM:"))


def processes(root: int) -> list[int]:
    """A process and all that came of it."""
    children: dict[int, list[int]] = {}
    for number, words in _stats():
        children.setdefault(int(words[1]), []).append(number)
    found: list[int] = []
    waiting = [root]
    while waiting:
        found.append(waiting.pop())
        waiting += children.get(found[-1], [])
    return found


def processor_time() -> float:
    """Seconds that this process, its children and theirs have taken, those that ended included."""
    ours = {*processes(os.getpid())}
    ticks = sum(sum(map(int, w[11:15])) for number, w in _stats() if number in ours)
    return ticks / _TICK


def _stats() -> Iterator[tuple[int, list[str]]]:
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                text = Path(f"/proc/{entry}/stat").read_text()
            except OSError:
                continue
            yield int(entry), text.rpartition(")")[2].split()


def _memory(number: int) -> int:
    try:
        text = Path(f"/proc/{number}/smaps_rollup").read_text()
    except OSError:
        return 0
    return next((int(x.split()[1]) * 1024 for x in text.splitlines() if x.startswith("Pss:")), 0)
