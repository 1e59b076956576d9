"""`python -m bench NAME [--json] [--runs N]`: measured side by side.

Both sides of a comparison take turns in one run, so that a busy machine slows both.
"""

import argparse
import asyncio
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from bench.plain_suites import plain_suite, with_plain_suite
from dojo.course.catalog import Kata, load
from dojo.request import Request

LIGHT_BASE = "import click, rich.console, rich.table"
ASK_BASE = "import click, rich.console"
COLD_BASE = (
    "import torch, pytest, torch.optim; torch.optim.SGD([torch.zeros(1, requires_grad=True)], 0.1)"
)


@dataclass(frozen=True)
class Row:
    """One comparison.

    Attributes:
        what: what was measured.
        against: what it is compared with.
        median_s: seconds, the median of the runs.
        base_s: the same of what it is compared with.
        ratio: the median over the base's.
        limit: the ratio that is promised.
    """

    what: str
    against: str
    median_s: float
    base_s: float
    ratio: float
    limit: float


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("name", choices=[*_ROWS, "watch", "soak", "room"])
    parser.add_argument("--json", action="store_true", help="one object instead of a table")
    parser.add_argument("--runs", type=int, help="how often (saves, files, for soak, grade)")
    room = parser.add_argument_group("room")
    room.add_argument("--seconds", type=float, default=300.0)
    room.add_argument("--learners", type=int, default=1_000)
    room.add_argument("--boards", type=int, default=20)
    room.add_argument("--kills", type=int, default=0, help="kill -9 and restart so often")
    room.add_argument("--postgres", action="store_true", help="two processes on PostgreSQL")
    options = parser.parse_args()
    os.environ.pop("PYTHONDONTWRITEBYTECODE", None)  # who installs has compiled modules; so have we
    if options.name == "room":
        raise SystemExit(_room(options))
    if options.name in ("watch", "soak"):
        with tempfile.TemporaryDirectory() as folder:
            _workspace(Path(folder))
            if options.name == "watch":
                watch(Path(folder), options.runs or 3, options.json)
            else:
                soak(Path(folder), options.runs or 500)
        return
    measure = _ROWS[options.name]
    with tempfile.TemporaryDirectory() as folder:
        rows = measure(Path(folder), options.runs or 9)
    worst = max(rows, key=lambda r: r.ratio / r.limit)
    if options.json:
        print(json.dumps({**asdict(worst), "rows": [asdict(r) for r in rows]}, indent=2))
    else:
        print("| what | against | median | base | ratio | promised |")
        print("|---|---|---|---|---|---|")
        for r in rows:
            print(
                f"| {r.what} | {r.against} | {r.median_s:.3f} s | {r.base_s:.3f} s "
                f"| {r.ratio:.2f} | {r.limit:g} |"
            )


def _room(options: argparse.Namespace) -> int:
    """A room under load (`bench.room`)."""
    from bench import room

    load = room.Load(options.learners, options.boards, options.seconds, options.kills)
    if not options.postgres:
        return room.run(load)
    with room.postgres() as url:
        return room.run(replace(load, servers=2, database=url))


def light(folder: Path, runs: int) -> list[Row]:
    """The commands that must not import anything slow."""
    _workspace(folder)
    rows: list[Row] = []
    for words in (["next"], ["list"], ["hint", "1.2.2"]):
        run = _command([*_KATA, *words], folder)
        base = _command([sys.executable, "-c", LIGHT_BASE], folder)
        rows.append(_compare(f"`kata {words[0]}`", "importing click and rich", run, base, runs, 3))
    return rows


def cold(folder: Path, runs: int) -> list[Row]:
    """One judgement in a process that begins with nothing."""
    kata = load().kata("2.3.1")
    _workspace(folder)
    _write_solution(folder, kata)
    run = _command([*_KATA, "check", "--cold", kata.id], folder)
    base = _command([sys.executable, "-c", COLD_BASE], folder)
    against = "importing torch, pytest and a first optimizer"
    return [_compare(f"cold `kata check {kata.id}`", against, run, base, runs, 1.3)]


def warm(folder: Path, runs: int) -> list[Row]:
    """A second judgement in the same process, against pytest on an equal suite."""
    from dojo.judge.judge import Judge

    catalog = load()
    rows: list[Row] = []
    with Judge(catalog) as judge:
        for kata in with_plain_suite(catalog):
            source = kata.solution_path.read_bytes()
            suite = plain_suite(folder, kata)
            judge.check(Request(kata, source, kata.stem))

            def again(kata: Kata = kata, source: bytes = source) -> None:
                if not judge.check(Request(kata, source, kata.stem)).passed:
                    raise SystemExit(f"{kata.id}: the solution does not pass")

            base = _command([sys.executable, "-m", "pytest", "-q", str(suite)], folder)
            against = "cold `python -m pytest` on an equal suite"
            rows.append(_compare(f"second check of {kata.id}", against, again, base, runs, 0.1))
    return rows


def asked(folder: Path, runs: int) -> list[Row]:
    """A second `kata check`, which the judge in the background answers."""
    kata = load().kata("1.2.2")
    _workspace(folder)
    _write_solution(folder, kata)
    with tempfile.TemporaryDirectory(prefix="k") as run_time:  # sockets want a short path
        own = {"XDG_RUNTIME_DIR": run_time}
        _command([*_KATA, "server", "start"], folder, own)()
        try:
            run = _command([*_KATA, "check", kata.id], folder, own)
            base = _command([sys.executable, "-c", ASK_BASE], folder)
            what = f"second `kata check {kata.id}`, with a judge in the background"
            return [_compare(what, "importing click and rich", run, base, runs, 4)]
        finally:
            _command([*_KATA, "server", "stop"], folder, own)()


def join(folder: Path, runs: int) -> list[Row]:
    """What a live room adds to a check that the judge in the background answers."""
    from bench import joining

    kata = load().kata("1.2.2")
    _workspace(folder)
    _write_solution(folder, kata)
    joined = folder / "joined"
    joined.mkdir()
    _workspace(joined)
    _write_solution(joined, kata)
    rows: list[Row] = []
    with tempfile.TemporaryDirectory(prefix="k") as run_time:
        own = {"XDG_RUNTIME_DIR": run_time}
        _command([*_KATA, "server", "start"], folder, own)()
        try:
            base = _command([*_KATA, "check", kata.id], folder, own)
            for what, place, most in joining.rooms():
                with place as address:
                    joining.sit_down(joined, address)
                    run = _command([*_KATA, "check", kata.id], joined, own)
                    row = _compare(f"a check, {what}", "without a room", run, base, runs, 1)
                    more = (row.median_s - row.base_s) / most
                    against = f"{most * 1000:.0f} ms more than without"
                    rows.append(replace(row, against=against, ratio=more))
        finally:
            _command([*_KATA, "server", "stop"], folder, own)()
    return rows


def grade(folder: Path, runs: int) -> list[Row]:
    """What a submission costs `kata grade`; ``runs`` times 100 of them make the pile."""
    from bench import grading

    rows: list[Row] = []

    def promise(what: str, against: str, ours: float, theirs: float, limit: float) -> None:
        rows.append(Row(what, against, ours, theirs, ours / theirs, limit))

    plain, *_ = with_plain_suite(load())
    for kata in (k for k in load().katas if k.id in grading.SMALL):
        words = [sys.executable, "-m", "pytest", "-q", str(plain_suite(folder, plain))]
        for right, most in ((True, 0.08), (False, 0.25)):
            cost, cold = grading.each(
                kata, right, 4 + runs, lambda words=words: grading.of_command(words, folder)
            )
            kind = "right answer" if right else "wrong answer, explained"
            what = f"{kind} to {kata.id}, processor time"
            promise(what, "what is promised", cost.processor, most, 1)
            promise(what, "cold pytest on an equal suite", cost.processor, cold, 0.1)
    speed = grading.rates(load().kata("1.2.2"), 10 * runs)
    promise("a file with two workers", "with one", 1 / speed["two"], 1 / speed["one"], 1 / 1.8)
    promise("a file through Dask", "with one worker", 1 / speed["dask"], 1 / speed["one"], 1.15)
    return rows + _piles(folder, 100 * runs)


def _piles(folder: Path, submissions: int) -> list[Row]:
    """A pile of which 60 % are equal to another, the same again, and its books ten times as long.

    Bytes stand where seconds do.
    """
    from bench import grading

    different = grading.pile(folder / "pile.tar", submissions)
    fresh = grading.whole(folder / "pile.tar", folder / "out", "--workers", "2")
    again = grading.whole(folder / "pile.tar", folder / "out", "--workers", "2")
    grading.pile(folder / "long.tar", 10 * submissions)
    short = grading.books(folder / "pile.tar", folder / "short")
    long = grading.books(folder / "long.tar", folder / "long")
    known_short = grading.books(folder / "pile.tar", folder / "short")
    known_long = grading.books(folder / "long.tar", folder / "long")
    known = (known_long.processor - known_short.processor) / (9 * submissions)
    kept = (long.processor - short.processor) / (9 * submissions)
    grown = (long.own - short.own) / (9 * submissions)
    judged = (fresh.seconds - again.seconds) / different
    memory = fresh.memory + grown * (30_000 - submissions)
    hours = (30_000 * (kept + 0.4 * judged)) / 3600
    print(
        f"{submissions} submissions, {different} different: {fresh.seconds:.0f} s with two workers,"
        f" {judged:.3f} s a different one; known ones {again.seconds:.1f} s; keeping books takes "
        f"{kept * 1000:.2f} ms a submission and grows by {grown / 1000:.2f} kB. So 30,000 take "
        f"{hours:.1f} h and {memory / 1e6:.0f} MB (now {fresh.memory / 1e6:.0f} MB, "
        f"{fresh.own / 1e6:.0f} MB of them in the process that was started).\n"
    )
    return [
        Row("a submission that is known", "what is promised", known, 0.002, known / 0.002, 1),
        Row("memory of 30,000 (GB)", "what is promised", memory / 1e9, 0.6, memory / 6e8, 1),
    ]


def watch(folder: Path, runs: int, as_json: bool) -> None:
    """From a save to its verdict on the screen, over all katas."""
    from bench import watching

    saves = asyncio.run(watching.measure(folder, runs))
    median = statistics.median(s.verdict_s for s in saves)
    first = statistics.median(s.first_s for s in saves if s.first_s is not None)
    base = statistics.median(s.base_s for s in saves)
    worst = max(saves, key=lambda s: s.verdict_s)
    if as_json:
        table = {
            "median_s": median,
            "first_s": first,
            "base_s": base,
            "ratio": median / base,
            "worst": asdict(worst),
            "rows": [asdict(s) for s in saves],
        }
        print(json.dumps(table, indent=2))
        return
    print("| kata | file | first finding | verdict | cold pytest | |")
    print("|---|---|---|---|---|---|")
    for s in saves:
        over = "over its budget" if s.verdict_s > watching.BUDGET else ""
        found = "" if s.first_s is None else f"{s.first_s:.3f} s"
        print(
            f"| {s.kata} | {s.what} | {found} | {s.verdict_s:.3f} s | {s.base_s:.2f} s | {over} |"
        )
    print(
        f"\nmedian {median:.3f} s (first finding {first:.3f} s), cold pytest {base:.2f} s, "
        f"ratio {median / base:.3f}; worst {worst.kata} ({worst.what}) {worst.verdict_s:.2f} s"
    )


def soak(folder: Path, saves: int) -> None:
    """Many saves in a row, a third of them mischief: nothing may grow."""
    from bench import watching

    early, late = asyncio.run(watching.soak(folder, saves, print))
    growth = late.memory / early.memory - 1
    print(f"{saves} saves, early {early}, late {late}: memory grew by {growth:.1%}")
    if late.processes > early.processes or late.files > early.files or growth > 0.05:
        raise SystemExit("something leaks")


_KATA = [sys.executable, "-c", "from kata import main; main()"]


def _command(
    words: list[str], folder: Path, environ: Mapping[str, str] | None = None
) -> Callable[[], None]:
    env = {**os.environ, "KATA_WORKSPACE": str(folder), "NO_COLOR": "1", **(environ or {})}

    def run() -> None:
        subprocess.run(
            words,
            cwd=folder,
            env=env,
            check=True,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    return run


def _compare(
    what: str,
    against: str,
    run: Callable[[], None],
    base: Callable[[], None],
    runs: int,
    limit: float,
) -> Row:
    ours: list[float] = []
    theirs: list[float] = []
    run()
    base()
    for _ in range(runs):
        for function, times in ((run, ours), (base, theirs)):
            started = time.perf_counter()
            function()
            times.append(time.perf_counter() - started)
    a, b = statistics.median(ours), statistics.median(theirs)
    return Row(what, against, a, b, a / b, limit)


def _workspace(folder: Path) -> None:
    """An empty workspace with every stub."""
    _command([*_KATA, "init", str(folder)], folder)()


def _write_solution(folder: Path, kata: Kata) -> None:
    target = folder / "katas" / kata.stub_name
    target.write_bytes(kata.solution_path.read_bytes())


_ROWS = {"light": light, "cold": cold, "warm": warm, "asked": asked, "join": join, "grade": grade}

if __name__ == "__main__":
    main()
