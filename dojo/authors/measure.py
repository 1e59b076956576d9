"""The worst that right answers come to over many seeds (`kata dev measure`)."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from dojo.course.catalog import Kata
from dojo.judge.judge import Judge
from dojo.request import Request
from dojo.suite.measuring import Measure, listening


@dataclass(frozen=True)
class Worst:
    """The nearest that a number came to its limit.

    Attributes:
        measure: the number, and the limit.
        seed: of the inputs.
        answer: name of the file that came there.
        seen: how often the number was measured.
    """

    measure: Measure
    seed: int
    answer: str
    seen: int


@dataclass(frozen=True)
class Measured:
    """What one answer came to.

    Attributes:
        worst: by name.
        failed: seeds at which the answer fails.
    """

    worst: dict[str, Worst]
    failed: tuple[int, ...]


@dataclass(frozen=True)
class MeasureJob:
    """One right answer of a kata, judged on many seeds."""

    kata: Kata
    path: Path
    seeds: range

    @property
    def seconds(self) -> float:
        """About how long it takes, warm."""
        return 0.2 * len(self.seeds)

    def __call__(self, judge: Judge, on_progress: Callable[[str], None] | None = None) -> Measured:
        """What it came to."""
        source = self.path.read_bytes()
        worst: dict[str, Worst] = {}
        failed: list[int] = []
        for seed in self.seeds:
            if on_progress is not None:
                on_progress(f"{self.kata.id} {self.path.name}, seed {seed}")
            with judge.proving(), listening() as heard:
                request = Request(self.kata, source, self.path.name, seed)
                verdict = judge.check(request, explained=False)
            if not verdict.passed:
                failed.append(seed)
            for measure in heard:
                found = Worst(measure, seed, self.path.name, 1)
                worst[measure.name] = _worse(worst.get(measure.name), found)
        return Measured(worst, tuple(failed))


def jobs(kata: Kata, seeds: range) -> tuple[MeasureJob, ...]:
    """The solution and the alternatives of a kata."""
    paths = (kata.solution_path, *kata.alternative_paths)
    return tuple(MeasureJob(kata, path, seeds) for path in paths)


def joined(found: Iterable[Measured]) -> list[Worst]:
    """The worst of several answers, by name; what is nearest to its limit comes first."""
    worst: dict[str, Worst] = {}
    for measured in found:
        for name, one in measured.worst.items():
            worst[name] = _worse(worst.get(name), one)
    return sorted(worst.values(), key=lambda w: -w.measure.used)


def _worse(a: Worst | None, b: Worst) -> Worst:
    if a is None:
        return b
    worse = b if b.measure.used > a.measure.used else a
    return Worst(worse.measure, worse.seed, worse.answer, a.seen + b.seen)
