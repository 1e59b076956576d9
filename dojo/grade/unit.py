"""The unit of work: one file as the answer to one kata, with all that its verdict depends on."""

import functools
import hashlib
import importlib.metadata
import platform
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from dojo.course.catalog import Kata
from dojo.request import Request
from dojo.verdict import Verdict

if TYPE_CHECKING:
    from dojo.judge.judge import Judge

SEEDS = 3
SECONDS = 0.6  # about what a file takes on all of them, warm
FULL = "full"  # what a verdict says of its isolation where nothing is missing
_ENGINE = Path(__file__).resolve().parents[1]
# Rooms that show, ask and arrange: no verdict depends on them.
_BESIDE = ("commands", "screens", "watch", "authors", "grade", "joined", "room")
_PACKAGES = ("torch", "numpy", "jaxtyping", "pyrefly", "pytest")


@dataclass(frozen=True)
class Unit:
    """What is judged once.

    Attributes:
        slug: of the kata.
        suite: digest of the kata: its card, suite, probe, solution, alternatives and stub.
        engine: digest of the engine and of the versions that it runs on.
        seeds: of the inputs, derived from the file's digest.
        digest: SHA-256 of the file's bytes.
    """

    slug: str
    suite: str
    engine: str
    seeds: tuple[int, ...]
    digest: str

    @functools.cached_property
    def key(self) -> str:
        """A digest of all of it."""
        words = (self.slug, self.suite, self.engine, *map(str, self.seeds), self.digest)
        return hashlib.sha256("\n".join(words).encode()).hexdigest()


@dataclass(frozen=True)
class Grading:
    """The verdict on a unit.

    Attributes:
        verdict: on the first seed that isn't passed, or on the first of all where all are.
        seeds: those that were judged, of which the last decided unless all were passed.
    """

    verdict: Verdict
    seeds: tuple[int, ...]


@dataclass(frozen=True)
class GradeJob:
    """Judge one file on all its seeds, or until one isn't passed; can be sent to a process."""

    kata: Kata
    source: bytes = field(repr=False)
    seeds: tuple[int, ...]

    def __call__(self, judge: "Judge") -> Grading:
        # Equal files share a verdict, so it names the kata's file and nobody's path.
        name = f"{self.kata.stem}.py"
        requests = [Request(self.kata, self.source, name, seed) for seed in self.seeds]
        verdicts: list[Verdict] = []
        with judge.one_file():
            for request in requests:
                verdicts.append(judge.check(request))
                if not verdicts[-1].passed:
                    break
        decided = len(verdicts) - 1
        if decided == 0 or verdicts[-1].passed:
            return Grading(verdicts[0], self.seeds[: decided + 1])
        # What it prints, say, should be told as `kata check` tells it, which judges one seed.
        for i in range(decided, len(requests)):
            verdict = judge.check(requests[i])
            if not verdict.passed:
                return Grading(verdict, self.seeds[: i + 1])
        return Grading(verdicts[0], self.seeds)


def not_judged(job: GradeJob, reason: str) -> Grading:
    """A grading that says why there is none; the reason is a sentence."""
    verdict = Verdict(
        kata=job.kata.id,
        status="not judged",
        digest=hashlib.sha256(job.source).hexdigest(),
        seed=job.seeds[0],
        isolation="",
        checks=(),
        output="",
        reason=reason,
        seconds=0.0,
    )
    return Grading(verdict, job.seeds[:1])


def unit_of(kata: Kata, digest: str) -> Unit:
    """The unit of a file with this digest."""
    return Unit(kata.slug, suite_digest(kata), engine_digest(), seeds_of(digest), digest)


def seeds_of(digest: str) -> tuple[int, ...]:
    """The seeds for a file: the same for everybody, and chosen by nobody."""
    words = (hashlib.sha256(f"{i} {digest}".encode()).digest() for i in range(SEEDS))
    return tuple(int.from_bytes(word[:4], "big") >> 1 for word in words)


@functools.cache
def suite_digest(kata: Kata) -> str:
    """A digest of everything of a kata's own that its verdicts depend on."""
    stub = kata.root / "katas" / kata.stub_name
    paths = (kata.card_path, kata.suite_path, kata.probe_path, kata.solution_path, stub)
    return _digest((*paths, *kata.alternative_paths), kata.root)


@functools.cache
def engine_digest() -> str:
    """A digest of everything else that verdicts depend on."""
    paths = (
        p
        for p in _ENGINE.rglob("*.py")
        if p.relative_to(_ENGINE).parts[0] not in (*_BESIDE, "content")
    )
    words = [_digest(sorted(paths), _ENGINE), *(f"{k} {v}" for k, v in versions().items())]
    return hashlib.sha256("\n".join(words).encode()).hexdigest()


@functools.cache
def look_digest() -> str:
    """A digest of what decides how a verdict is shown."""
    rooms = (_ENGINE / "screens", _ENGINE / "words", _ENGINE / "grade")
    whole = _digest(sorted(p for room in rooms for p in room.rglob("*.py")), _ENGINE)
    return f"{whole} rich {importlib.metadata.version('rich')}"


@functools.cache
def versions() -> dict[str, str]:
    """The versions that results depend on."""
    found = {"python": platform.python_version()}
    for name in _PACKAGES:
        try:
            found[name] = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            found[name] = ""
    return found


def _digest(paths: Iterable[Path], root: Path) -> str:
    whole = hashlib.sha256()
    for path in paths:
        try:
            content = path.read_bytes()
        except FileNotFoundError:
            continue
        name = path.relative_to(root).as_posix()
        whole.update(f"{name} {len(content)}\n".encode())
        whole.update(content)
    return whole.hexdigest()
