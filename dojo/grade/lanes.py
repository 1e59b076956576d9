"""Work shared out over judges, each in a process of its own: what ends one ends nothing else."""

import threading
from collections import deque
from collections.abc import Callable, Sequence
from typing import Protocol

from dojo.errors import UsageError
from dojo.grade.unit import GradeJob, Grading, not_judged
from dojo.warm.apart import EndedError

TRIES = 2  # judges that a file may end
STARTS = 3  # judges that may end before they are warm
_LOOK = 0.2  # seconds between two looks at what only Python's main thread sees: Ctrl-C


class Lane(Protocol):
    """A warm judge somewhere, which one thread asks and any may close."""

    def become_warm(self) -> None:
        """Wait until it can judge.

        Raises:
            EndedError: it is gone.
            UsageError: it can't judge here.
        """
        ...

    def ask(self, job: GradeJob) -> Grading:
        """The grading.

        Raises:
            EndedError: it is gone.
            RuntimeError: it could not do this job.
            UsageError: it can't do any.
        """
        ...

    def close(self) -> None:
        """End it, and what it does."""
        ...


class Patient:
    """A judge that is begun anew when it ends; a file that ends two is set aside.

    Args:
        open_lane: begins one.
    """

    def __init__(self, open_lane: Callable[[], Lane]) -> None:
        self._open = open_lane
        self._lane: Lane | None = None
        self._closing = threading.Lock()
        self._closed = False

    def ask(self, job: GradeJob) -> Grading:
        """The grading: *not judged* where two judges came to nothing.

        Raises:
            EndedError: this was closed meanwhile.
            UsageError: nothing can be judged here.
        """
        said = ""
        for _ in range(TRIES):
            lane = self._begun()
            try:
                return lane.ask(job)
            except (EndedError, RuntimeError) as error:
                said = str(error)
            self._end()
        return not_judged(job, f"It was tried twice and came to no verdict: {said}.")

    def close(self) -> None:
        """End the judge, and what it does."""
        with self._closing:
            self._closed = True
        self._end()

    def _begun(self) -> Lane:
        """The judge, warm; one that ends before that is no file's fault.

        Raises:
            EndedError: this was closed meanwhile.
            UsageError: none begins here.
        """
        for _ in range(STARTS):
            with self._closing:
                if self._closed:
                    raise EndedError("it was told to end")
                fresh = self._lane is None
                lane = self._lane = self._lane or self._open()
            if not fresh:
                return lane
            try:
                lane.become_warm()
                return lane
            except EndedError:
                self._end()
        raise UsageError(
            f"The process that judges ended {STARTS} times before it could begin. `kata doctor` "
            "shows what is missing; perhaps memory is."
        )

    def _end(self) -> None:
        with self._closing:
            lane, self._lane = self._lane, None
        if lane is not None:
            lane.close()


def grade_all(
    jobs: Sequence[GradeJob],
    openers: Sequence[Callable[[], Lane]],
    keep: Callable[[int, Grading], None],
) -> None:
    """Judge all of it; each grading is told when it is there, in any order.

    Args:
        jobs: the work; each is made when it is taken.
        openers: begin a judge each; so many work side by side.
        keep: told of each grading, by the index of its job, from any thread, never two at once.
    """
    work = _Work(len(jobs))
    judges = [Patient(begin) for begin in openers[: len(jobs)]]

    def judge_on(judge: Patient) -> None:
        try:
            while (index := work.take()) is not None:
                work.put(index, judge.ask(jobs[index]), keep)
        except BaseException as error:  # raised where the work is waited for
            work.fail(error)

    threads = [threading.Thread(target=judge_on, args=(j,), daemon=True) for j in judges]
    try:
        for thread in threads:
            thread.start()
        work.wait()
    finally:
        work.stop()
        for judge in judges:
            judge.close()
        for thread in threads:
            thread.join(10)


class _Work:
    """What is still to be done, shared by threads."""

    def __init__(self, jobs: int) -> None:
        self._waiting = deque(range(jobs))
        self._left = jobs
        self._error: BaseException | None = None
        self._changed = threading.Condition()
        self._telling = threading.Lock()

    def take(self) -> int | None:
        with self._changed:
            return self._waiting.popleft() if self._waiting else None

    def put(self, index: int, grading: Grading, keep: Callable[[int, Grading], None]) -> None:
        with self._telling:
            keep(index, grading)
        with self._changed:
            self._left -= 1
            self._changed.notify_all()

    def fail(self, error: BaseException) -> None:
        with self._changed:
            self._error = self._error or error
            self._changed.notify_all()

    def stop(self) -> None:
        with self._changed:
            self._waiting.clear()

    def wait(self) -> None:
        with self._changed:
            while self._left and self._error is None:
                self._changed.wait(_LOOK)
            if self._error is not None:
                raise self._error
