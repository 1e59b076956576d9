"""`python -m bench.classroom [--files N] [--kills N] [--seed N]`: a class, graded in every way.

Solutions, stubs and the golden wrong answers, handed in as every course system does, by people with
any name. Each verdict must be what `kata check` says at the grade's seeds, the numbers must add up,
and one worker, two, Dask, four shares merged in any order, and a grading that is killed with -9
again and again must write the same bytes.
"""

import argparse
import csv
import hashlib
import io
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dojo.course.catalog import Kata, load
from dojo.course.derive import stub_text
from dojo.grade.unit import seeds_of
from dojo.judge.judge import Judge
from dojo.request import Request

ANSWERS = Path(__file__).resolve().parents[1] / "tests" / "answers"
NAMES = (
    *("Müller Änne", "O'Neil Bo", 'Tan "Kit"', "Da Silva, Rui", "ćem Ğül", "Li 李", "=SUM(A1)"),
    *("van der Berg Jan", "- Dan", "Ana María", "D’Arc", "Ñ Ó", "x" * 60),
)
EACH = 5  # files of a person
STARTING = 3.0  # seconds until the first file is judged


@dataclass(frozen=True)
class HandedIn:
    """One file of one person."""

    person: int
    kata: Kata
    content: bytes


def handed_in(files: int) -> list[HandedIn]:
    """Answers of every kata in turn, so that nobody hands in two for one."""
    catalog = load()
    by_kata: list[list[bytes]] = []
    for kata in catalog.katas:
        golden = sorted(ANSWERS.glob(f"{kata.id}_*.py"))
        found = [kata.solution_path.read_bytes(), *(p.read_bytes() for p in golden)]
        by_kata.append([*found, stub_text(kata).encode()])
    made: list[HandedIn] = []
    for number in range(files):
        which, turn = number % len(by_kata), number // len(by_kata)
        answers = by_kata[which]
        content = answers[(turn + which) % len(answers)]
        made.append(HandedIn(number // EACH, catalog.katas[which], content))
    return made


def piles(folder: Path, files: list[HandedIn]) -> list[Path]:
    """The files as five systems hand them out, a fifth of the people each."""
    kinds = ("moodle", "canvas", "clones", "folders", "flat")
    found: list[Path] = []
    for turn, kind in enumerate(kinds):
        theirs = [f for f in files if f.person % len(kinds) == turn]
        if not theirs:
            continue
        places = {_place(kind, f): f.content for f in theirs}
        if len(places) < len(theirs):
            raise SystemExit(f"{kind}: two files have one name")
        if kind in ("moodle", "canvas"):
            (folder / f"{kind}.zip").write_bytes(_zip(places))
            found.append(folder / f"{kind}.zip")
            continue
        if kind == "folders":  # one in two hands in an archive, in an archive
            places = {**_archives(places), **{k: v for k, v in places.items() if _plain(k)}}
        for place, content in places.items():
            (folder / kind / place).parent.mkdir(parents=True, exist_ok=True)
            (folder / kind / place).write_bytes(content)
        if kind == "clones":
            for clone in (folder / kind).iterdir():
                (clone / ".git").mkdir()
        found.append(folder / kind)
    return found


def _place(kind: str, file: HandedIn) -> str:
    number, name = file.person, f"{file.kata.stem}.py"
    person = f"{NAMES[number % len(NAMES)]} {number}"
    plain = "".join(c for c in person if c.isascii() and c.isalnum()).lower()
    return {
        "moodle": f"{person}_{10000 + number}_assignsubmission_file_/{name}",
        "canvas": f"{plain}_LATE_{10000 + number}_{len(name)}{number:03}_{name}",
        "clones": f"exercise-{plain}/katas/{file.kata.stub_name}",
        "folders": f"{person.replace('/', '')}/my work/{name}",
        "flat": f"{plain}_{name}",
    }[kind]


def _plain(place: str) -> bool:
    return int(place.partition("/")[0].rpartition(" ")[2]) % 2 == 0


def _archives(places: dict[str, bytes]) -> dict[str, bytes]:
    people: dict[str, dict[str, bytes]] = {}
    for place, content in places.items():
        if not _plain(place):
            person, _, rest = place.partition("/")
            people.setdefault(person, {})[rest] = content
    return {f"{p}.zip": _zip({"inner.zip": _zip(theirs)}) for p, theirs in people.items()}


def _zip(places: dict[str, bytes]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for place, content in places.items():
            archive.writestr(place, content)
    return out.getvalue()


def checked(files: list[HandedIn]) -> dict[tuple[str, str], tuple[str, list[str]]]:
    """What `kata check` says of each at the seeds of its digest: status, and what it tells."""
    found: dict[tuple[str, str], tuple[str, list[str]]] = {}
    with Judge(load()) as judge:
        for file in files:
            digest = hashlib.sha256(file.content).hexdigest()
            verdicts = []
            for seed in seeds_of(digest):
                name = f"{file.kata.stem}.py"
                verdicts.append(judge.check(Request(file.kata, file.content, name, seed)))
                if not verdicts[-1].passed:
                    break
            told = verdicts[0] if verdicts[-1].passed else verdicts[-1]
            said = [f.message for f in told.findings]
            found[file.kata.id, digest] = told.status, said
    return found


def grade(folder: Path, words: list[str]) -> list[str]:
    """The command line."""
    return [sys.executable, "-c", "from kata import main; main()", "grade", *words]


def run(folder: Path, *words: str) -> None:
    """Grade to the end; a file that can't be judged isn't among them."""
    done = subprocess.run(grade(folder, [*words]), cwd=folder, stdout=subprocess.DEVNULL)
    if done.returncode:
        raise SystemExit(f"kata grade {' '.join(words)} ended with {done.returncode}")


def written(out: Path) -> dict[str, bytes]:
    """All that is for people and programs."""
    return {
        p.relative_to(out).as_posix(): p.read_bytes()
        for p in sorted(out.rglob("*"))
        if p.is_file() and ".kata-grade" not in p.parts
    }


def killed(folder: Path, words: list[str], kills: int, moment: random.Random, alone: float) -> int:
    """Start it again and again, and kill it at some moment; returns how often it was caught.

    Args:
        alone: seconds that it takes if nobody kills it: what is left should last to the end.
    """
    most = STARTING + 1.5 * alone / kills
    caught = 0
    for _ in range(kills):
        process = subprocess.Popen(
            grade(folder, words), cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        try:
            process.wait(moment.uniform(0.5, most))
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGKILL)
            process.wait()
            caught += 1
    return caught


def compare(out: Path, files: list[HandedIn], expected: dict[Any, Any]) -> Iterator[str]:
    """What isn't as `kata check` says, or doesn't add up."""
    lines = [json.loads(x) for x in (out / "gradings.jsonl").read_text("utf-8").splitlines()]
    handed = Counter((f.kata.id, hashlib.sha256(f.content).hexdigest()) for f in files)
    graded = Counter((g["kata"], g["digest"]) for g in lines)
    if handed != graded:
        yield f"handed in but not graded: {handed - graded}; graded only: {graded - handed}"
    for g in lines:
        status, said = expected.get((g["kata"], g["digest"]), ("", []))
        told = [c["finding"]["message"] for c in g["verdict"]["checks"] if c.get("finding")]
        if (g["status"], told) != (status, said):
            yield f"{g['file']}: {g['status']} {told}, and kata check says {status} {said}"
    text = (out / "grades.csv").read_text("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text, newline="")))
    people, total = len({f.person for f in files}), sum(int(r["submissions"]) for r in rows)
    if (len(rows), total) != (people, len(files)):
        yield f"{len(rows)} rows of {people}, {total} submissions of {len(files)}"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.classroom", description=__doc__)
    parser.add_argument("--files", type=int, default=200)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=0)
    options = parser.parse_args()
    moment = random.Random(options.seed)
    files = handed_in(options.files)
    faults: list[str] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        named = [p.name for p in piles(folder, files)]

        def same(what: str, since: float) -> None:
            told = f"{what}: {time.monotonic() - since:.0f} s"
            if written(folder / what) != wanted:
                faults.append(f"{what} wrote other bytes")
                told += ", and other bytes"
            print(told, flush=True)

        started = time.monotonic()
        run(folder, *named, "--out", "one", "--workers", "1")
        wanted = written(folder / "one")
        same("one", started)
        started = time.monotonic()
        run(folder, *named, "--out", "two", "--workers", "2")
        alone = time.monotonic() - started
        same("two", started)
        started = time.monotonic()
        run(folder, *named, "--out", "dask", "--dask", "local", "--workers", "2")
        same("dask", started)
        started, parts = time.monotonic(), [1, 2, 3, 4]
        for i in moment.sample(parts, 4):
            run(folder, *named, "--shard", f"{i}/4", "--out", f"part-{i}")
        order = [f"part-{i}" for i in moment.sample(parts, 4)]
        run(folder, "--merge", *order, "--out", "merged")
        same("merged", started)
        started = time.monotonic()
        words = [*named, "--out", "killed"]
        caught = killed(folder, words, options.kills, moment, alone)
        run(folder, *words)
        same("killed", started)
        print(f"killed {caught} times of {options.kills}; comparing with kata check", flush=True)
        faults += compare(folder / "one", files, checked(files))
    print("\n".join(faults) or f"{len(files)} files: nothing differs")
    sys.exit(bool(faults))


if __name__ == "__main__":
    main()
