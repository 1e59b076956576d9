"""Several judgements on all cores: the results are those of one after the other, in order.

This process judges from the first moment. Each further core gets a process with a judge of its
own, which takes work as soon as it is warm; where there is little to do, none is started. What
such a process doesn't finish (it was killed, say) is judged here.
"""

import threading
from collections import deque
from collections.abc import Callable, Generator, Sequence
from functools import partial
from typing import Any, Generic, TypeVar

from dojo.course.catalog import Catalog
from dojo.errors import UsageError
from dojo.judge.judge import Judge
from dojo.machine import cores
from dojo.request import Request
from dojo.verdict import CheckResult, Verdict
from dojo.warm.apart import EndedError, Forked
from dojo.warm.worker import How

T = TypeVar("T")
LEAST_WORK = 2.0  # seconds of work that are worth another process, which takes as long to start


def side_by_side(
    jobs: Sequence[Callable[[Judge], T]],
    judge: Judge,
    seconds: float,
    begin: Callable[[int], Callable[[Judge], T]] | None = None,
    done: Callable[[int, T], None] | None = None,
    most: int | None = None,
) -> Generator[T]:
    """Do all jobs on all cores; yields their results in the order of the jobs.

    Args:
        jobs: what is to be done; can be sent to another process.
        judge: this process's, entered.
        seconds: about how long all of it takes one warm judge.
        begin: told of a job that this process takes, by its index; what it returns is called
            instead of the job.
        done: told of each result when it is there, in any order and from any thread, never two at
            once; before it is yielded.
        most: processes that judge, this one included; None for one a core.
    """
    work = _Work(jobs, done)
    lanes = most or len(cores.usable())
    spare = min(lanes, len(jobs), int(seconds / LEAST_WORK)) - 1
    helpers = [_Helper(work, judge.catalog, judge.optimizers) for _ in range(spare)]
    try:
        for wanted in range(len(jobs)):
            while not work.has(wanted):
                index = work.take()
                if index is None:
                    work.wait()
                else:
                    job = begin(index) if begin is not None else jobs[index]
                    work.put(index, job(judge))
            yield work.result(wanted)
    finally:
        for helper in helpers:
            helper.close()


def judged(
    judge: Judge, request: Request, on_check: Callable[[CheckResult], None] | None = None
) -> Verdict:
    """Of a request: as `partial(judged, request=...)` a job for `side_by_side`."""
    return judge.check(request, on_check)


class _Work(Generic[T]):
    """What is to be done and what is done, shared by threads."""

    def __init__(
        self,
        jobs: Sequence[Callable[[Judge], T]],
        done: Callable[[int, T], None] | None = None,
    ) -> None:
        self.jobs = jobs
        self._done = done
        self._telling = threading.Lock()
        self._waiting = deque(range(len(jobs)))
        self._results: dict[int, T | Exception] = {}
        self._changed = threading.Condition()

    def take(self) -> int | None:
        with self._changed:
            return self._waiting.popleft() if self._waiting else None

    def put(self, index: int, result: T | Exception) -> None:
        if self._done is not None and not isinstance(result, Exception):
            try:
                with self._telling:
                    self._done(index, result)
            except Exception as error:  # raised where the result is waited for
                result = error
        with self._changed:
            self._results[index] = result
            self._changed.notify_all()

    def put_back(self, index: int) -> None:
        with self._changed:
            self._waiting.appendleft(index)
            self._changed.notify_all()

    def has(self, index: int) -> bool:
        with self._changed:
            return index in self._results

    def result(self, index: int) -> T:
        with self._changed:
            result = self._results.pop(index)
        if isinstance(result, Exception):
            raise result
        return result

    def wait(self) -> None:
        """Until something is done or was put back."""
        with self._changed:
            self._changed.wait(timeout=1.0)


class _Helper:
    """A judge in another process, and the thread that keeps it busy."""

    def __init__(self, work: _Work[Any], catalog: Catalog, optimizers: bool) -> None:
        self._work = work
        self._judge = Forked(catalog, How(optimizers))
        self._thread = threading.Thread(target=self._feed, daemon=True)
        self._thread.start()

    def close(self) -> None:
        """End the process, in good order if it can."""
        self._judge.close()
        self._thread.join(10)

    def _feed(self) -> None:
        index: int | None = None
        try:
            self._judge.become_warm()
            while (index := self._work.take()) is not None:
                self._work.put(index, self._judge.ask(partial(_tried, self._work.jobs[index])))
        except (EndedError, RuntimeError, UsageError):
            if index is not None:
                self._work.put_back(index)


def _tried(job: Callable[[Judge], T], judge: Judge) -> T | Exception:
    """What comes of a job, an exception of its own among it."""
    try:
        return job(judge)
    except Exception as error:
        return error
