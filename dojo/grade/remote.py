"""What a worker of a cluster does: it says what it is, and judges batches with a judge kept warm.

A worker may be a daemon in which `multiprocessing` starts nothing, so the judge is a program of its
own; and a hostile file ends that and never the worker. Imports nothing of the cluster.
"""

import atexit
import functools
import hashlib
import threading
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from dojo.course import catalog as catalogs
from dojo.course.catalog import Catalog, Kata
from dojo.grade.lanes import Patient
from dojo.grade.unit import GradeJob, Grading, engine_digest, suite_digest, unit_of, versions
from dojo.warm.apart import Apart

FILES = 50  # of a batch, at most
SECONDS = 5.0  # after which a batch is handed back, with what is judged by then
_IDLE = 60.0  # seconds after which a judge that nobody asks ends


@dataclass(frozen=True)
class About:
    """What verdicts depend on, as it is where a worker runs.

    Attributes:
        engine: digest of the engine and the versions.
        versions: of Python and the packages.
        suites: for each kata its digest; empty where there is no such kata.
        missing: what answers aren't shut in by.
    """

    engine: str
    versions: dict[str, str]
    suites: dict[str, str]
    missing: tuple[str, ...]


@dataclass(frozen=True)
class Batch:
    """Files that answer one kata.

    Attributes:
        root: of the katas; None for those that came with this program.
        slug: of the kata.
        suite, engine: the digests that verdicts are wanted for.
        sources: the files' bytes.
    """

    root: str | None
    slug: str
    suite: str
    engine: str
    sources: tuple[bytes, ...] = field(repr=False)


class DifferentError(Exception):
    """This worker would judge by something else than was asked for."""


def about(root: str | None, slugs: Sequence[str]) -> About:
    """What this machine would judge these katas with; looked up afresh."""
    from dojo.learner.confine import layers

    close_judges()
    for known in (_catalog, engine_digest, suite_digest, versions):
        known.cache_clear()
    katas = {k.slug: k for k in _catalog(root).katas}
    return About(
        engine=engine_digest(),
        versions=versions(),
        suites={s: suite_digest(katas[s]) if s in katas else "" for s in slugs},
        missing=tuple(layer.name for layer in layers() if not layer.works),
    )


def judge_batch(batch: Batch) -> tuple[Grading, ...]:
    """Judge these files, or as many as there is time for, one at least.

    Raises:
        DifferentError: the katas or the engine are others here.
        UsageError: nothing can be judged here.
    """
    kata = next((k for k in _catalog(batch.root).katas if k.slug == batch.slug), None)
    if kata is None or (suite_digest(kata), engine_digest()) != (batch.suite, batch.engine):
        raise DifferentError(f"the kata '{batch.slug}' or the engine is another one")
    until = time.monotonic() + SECONDS
    gradings: list[Grading] = []
    judge = _take(batch.root)
    try:
        for source in batch.sources:
            gradings.append(judge.ask(_job(kata, source)))
            if time.monotonic() > until:
                break
    except BaseException:
        judge.close()
        raise
    _give_back(batch.root, judge)
    return tuple(gradings)


def close_judges() -> None:
    """End the judges that wait for work."""
    with _TURN:
        idle = [*_WAITING]
        _WAITING.clear()
    for _, judge in idle:
        judge.close()


_WAITING: list[tuple[str | None, Patient]] = []
_TURN = threading.Lock()
_given_back = 0.0
atexit.register(close_judges)


@functools.cache
def _catalog(root: str | None) -> Catalog:
    return catalogs.load(Path(root) if root is not None else None, on_flaw=catalogs.pass_over)


def _job(kata: Kata, source: bytes) -> GradeJob:
    unit = unit_of(kata, hashlib.sha256(source).hexdigest())
    return GradeJob(kata, source, unit.seeds)


def _take(root: str | None) -> Patient:
    with _TURN:
        for i, (place, judge) in enumerate(_WAITING):
            if place == root:
                del _WAITING[i]
                return judge
    return Patient(lambda: Apart(_catalog(root).root))


def _give_back(root: str | None, judge: Patient) -> None:
    global _given_back
    with _TURN:
        _WAITING.append((root, judge))
        _given_back = time.monotonic()
    timer = threading.Timer(_IDLE, _close_if_idle)
    timer.daemon = True
    timer.start()


def _close_if_idle() -> None:
    if time.monotonic() - _given_back >= _IDLE:
        close_judges()
