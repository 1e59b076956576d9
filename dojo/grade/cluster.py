"""A Dask cluster that judges, somebody's own or one started here; needs `distributed`.

What is kept, in which order and by whom, isn't known here: a batch goes out, gradings come back. A
worker that is lost costs its batch, which is judged elsewhere; a batch that several workers were
lost with is cut in two.
"""

import logging
import os
import queue
import sys
import types
import warnings
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

import distributed

from dojo.course.catalog import Kata, content_root
from dojo.errors import UsageError
from dojo.grade import remote
from dojo.grade.remote import About, Batch
from dojo.grade.unit import GradeJob, Grading, engine_digest, not_judged, suite_digest, versions
from dojo.machine import scratch

LOCAL = "local"
_AHEAD = 2  # batches for each thread of a worker, one of which waits there
_LOOK = 2.0  # seconds between two looks at whether there are workers
_PATIENCE = 20.0  # seconds for the scheduler, and for its first worker


@contextmanager
def connected(address: str, workers: int | None) -> Iterator["Cluster"]:
    """The cluster at an address, or for ``local`` one that is started here.

    Args:
        address: of the scheduler.
        workers: how many are started for ``local``; None for one a core.

    Raises:
        UsageError: there is no scheduler, or none that has workers.
    """
    loud = "KATA_DEBUG" in os.environ
    if not loud:
        logging.getLogger("distributed").setLevel(logging.CRITICAL + 1)
    with warnings.catch_warnings():
        if not loud:
            warnings.simplefilter("ignore")
        if address == LOCAL:
            with started(workers) as local, distributed.Client(local) as client:
                yield Cluster(client, address)
            return
        try:
            client = distributed.Client(address, timeout=_PATIENCE)
        except (OSError, TimeoutError, ValueError) as error:
            raise UsageError(
                f"There is no Dask scheduler at '{address}' ({_first_line(error)}). `dask "
                "scheduler` starts one and prints its address; `--dask local` starts all here."
            ) from None
        with client:
            yield Cluster(client, address)


@contextmanager
def started(workers: int | None) -> Iterator[Any]:
    """A cluster of processes on this machine, with one thread each.

    Args:
        workers: how many; None for one a core.
    """
    # Processes that are spawned run the main module again, which may be a script without a guard.
    main, sys.modules["__main__"] = sys.modules["__main__"], types.ModuleType("__main__")
    try:
        with distributed.LocalCluster(
            n_workers=workers or os.cpu_count() or 1,
            threads_per_worker=1,
            memory_limit=0,
            dashboard_address=None,
            local_directory=str(scratch.subfolder("dask")),
            silence_logs=False if "KATA_DEBUG" in os.environ else logging.CRITICAL + 1,
        ) as local:
            yield local
    finally:
        sys.modules["__main__"] = main


@dataclass(frozen=True)
class _Piece:
    """Jobs of one kata, with their indices."""

    kata: Kata
    items: tuple[tuple[int, GradeJob], ...]

    def halves(self) -> tuple["_Piece", "_Piece"]:
        middle = len(self.items) // 2
        return _Piece(self.kata, self.items[:middle]), _Piece(self.kata, self.items[middle:])


class Cluster:
    """Workers somewhere, which judge.

    Args:
        client: connected.
        address: what the person calls it.
    """

    def __init__(self, client: Any, address: str) -> None:
        self._client = client
        self._address = address

    def require(self, katas: Sequence[Kata], weak: bool) -> None:
        """Nothing, unless a worker would judge otherwise than this machine, or than another.

        Raises:
            UsageError: so it would, or there are no workers.
        """
        try:
            self._client.wait_for_workers(1, timeout=_PATIENCE)
        except TimeoutError:
            raise UsageError(
                f"The scheduler at '{self._address}' has no workers: `dask worker "
                f"{self._address}` starts one."
            ) from None
        slugs = [k.slug for k in katas]
        asked = self._client.run(remote.about, _root(katas), slugs, on_error="return")
        found = dict(sorted(asked.items()))
        for worker, said in found.items():
            reason = _difference(said, katas)
            if reason:
                raise UsageError(f"The worker at {worker} {reason}. All must be as this machine.")
            if said.missing and not weak:
                raise UsageError(
                    f"The worker at {worker} can't shut answers in: {', '.join(said.missing)} "
                    "doesn't work there (`kata doctor` says why). `--allow-weak-isolation` grades "
                    "all the same, and every result says so."
                )
        if len({said.missing for said in found.values()}) > 1:
            raise UsageError(
                "The workers don't shut answers in alike, so equal files could get unequal "
                "results: " + "; ".join(f"{w}: {_layers(said)}" for w, said in found.items()) + "."
            )

    def grade_all(self, jobs: Sequence[GradeJob], keep: Callable[[int, Grading], None]) -> None:
        """Judge all of it; each grading is told when it is there, in any order.

        Args:
            jobs: the work, katas one after the other; each is made when it is taken.
            keep: told of each grading, by the index of its job.

        Raises:
            UsageError: the cluster is gone, or a worker that came later judges otherwise.
        """
        waiting: deque[_Piece] = deque()
        pieces = _pieces(jobs, lambda: sum(self._client.nthreads().values()))
        running: dict[Any, _Piece] = {}
        ended: queue.SimpleQueue[Any] = queue.SimpleQueue()

        def fill() -> None:
            most = _AHEAD * max(1, sum(self._client.nthreads().values()))
            while len(running) < most:
                piece = waiting.popleft() if waiting else next(pieces, None)
                if piece is None:
                    return
                future = self._client.submit(remote.judge_batch, _batch(piece), pure=False)
                running[future] = piece
                future.add_done_callback(ended.put)

        try:
            fill()
            while running:
                future = self._next(ended)
                piece = running.pop(future)
                gradings = self._gradings(future, piece)
                for (index, _), grading in zip(piece.items, gradings or (), strict=False):
                    keep(index, grading)
                if gradings is None:
                    waiting.extend(piece.halves())
                elif rest := piece.items[len(gradings) :]:
                    waiting.append(_Piece(piece.kata, rest))
                future.release()
                fill()
        finally:
            self._client.cancel([*running])
            self._client.run(remote.close_judges, on_error="ignore")

    def _next(self, ended: "queue.SimpleQueue[Any]") -> Any:
        """The next batch that came to an end.

        Raises:
            UsageError: for some time there was nobody any more who could judge.
        """
        alone = 0.0
        while True:
            try:
                return ended.get(timeout=_LOOK)
            except queue.Empty:
                alone = 0.0 if self._client.nthreads() else alone + _LOOK
            if alone > _PATIENCE:
                raise UsageError(
                    f"The cluster at '{self._address}' has no workers any more. What was judged is "
                    "kept; the same command goes on from there."
                )

    def _gradings(self, future: Any, piece: _Piece) -> tuple[Grading, ...] | None:
        """What came of a batch; None where it is to be cut in two."""
        try:
            return future.result()
        except distributed.KilledWorker:
            if len(piece.items) > 1:
                return None
            reason = "Several workers were lost while they judged it, one after the other."
            return (not_judged(piece.items[0][1], reason),)
        except UsageError:
            raise
        except remote.DifferentError as error:
            raise UsageError(
                f"A worker of '{self._address}' judges otherwise than this machine: {error}. What "
                "was judged before is kept."
            ) from None
        except (distributed.CancelledError, OSError, TimeoutError) as error:
            raise UsageError(
                f"The cluster at '{self._address}' is gone ({_first_line(error)}). What was judged "
                "is kept; the same command goes on from there."
            ) from None


def _pieces(jobs: Sequence[GradeJob], threads: Callable[[], int]) -> Iterator[_Piece]:
    """The work in batches: of one kata each, and smaller where there is little for many."""
    items: list[tuple[int, GradeJob]] = []
    most = 0
    for index in range(len(jobs)):
        job = jobs[index]
        if items and (len(items) >= most or items[0][1].kata.slug != job.kata.slug):
            yield _Piece(items[0][1].kata, tuple(items))
            items = []
        if not items:
            most = max(1, min(remote.FILES, (len(jobs) - index) // (4 * max(1, threads()))))
        items.append((index, job))
    if items:
        yield _Piece(items[0][1].kata, tuple(items))


def _batch(piece: _Piece) -> Batch:
    return Batch(
        root=_root([piece.kata]),
        slug=piece.kata.slug,
        suite=suite_digest(piece.kata),
        engine=engine_digest(),
        sources=tuple(job.source for _, job in piece.items),
    )


def _root(katas: Sequence[Kata]) -> str | None:
    """Where a worker finds the katas: with its own copy of the program, or at a path."""
    root = katas[0].root
    return None if root == content_root() else str(root)


def _difference(said: About | BaseException, katas: Sequence[Kata]) -> str:
    """How a worker differs from this machine, as the end of a sentence; empty if it doesn't."""
    if isinstance(said, ModuleNotFoundError):
        return f"lacks {said.name}: install kata there, in the environment of the worker"
    if isinstance(said, BaseException):
        return f"can't judge ({_first_line(said)})"
    for name, here in versions().items():
        if (there := said.versions.get(name, "")) != here:
            return f"has {name} {there or 'not at all'}, and here it is {here or 'missing'}"
    if said.engine != engine_digest():
        return "has another version of kata"
    other = next((k for k in katas if said.suites.get(k.slug) != suite_digest(k)), None)
    return f"has another kata {other.id} ({other.slug}), or none" if other is not None else ""


def _layers(said: About) -> str:
    return f"without {', '.join(said.missing)}" if said.missing else "in full"


def _first_line(error: BaseException) -> str:
    return (str(error) or type(error).__name__).splitlines()[0][:200]
