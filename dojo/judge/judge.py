"""Judging, as the commands use it: a Judge stays warm and turns files into verdicts.

Imports nothing slow by itself: entering a Judge first lets the far side begin to import torch,
then imports torch and pytest here, so that both happen at once.
"""

import contextlib
import hashlib
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from types import TracebackType
from typing import TYPE_CHECKING

from dojo.course.catalog import CardError, Catalog, Kata
from dojo.course.rows import number_of_checks
from dojo.machine import scratch
from dojo.request import Request
from dojo.suite.manner import Manner
from dojo.suite.memory import Memory
from dojo.verdict import CheckResult, Status, Verdict
from dojo.wall.forkserver import best_method, start_fork_server

if TYPE_CHECKING:
    from pathlib import Path

    from dojo.judge.outcome import Outcome
    from dojo.suite.attempt import CheckRun
    from dojo.suite.judgement import Run
    from dojo.types.pyrefly import Checker
    from dojo.wall.starter import Starter

_COLLECT = (700, 10, 10)  # Python's own: what a command chose for its start would let tensors pile


class Judge:
    """Judges subjects; a context manager that keeps torch warm and leaves no process behind.

    Args:
        catalog: the katas.
        method: how learner processes start: ``forkserver`` or ``spawn``; default: the best here.
        optimizers: subjects may use torch.optim: import ahead what its first use would import.
        types: the address of a type checker that other judges share; None: one of its own.
    """

    def __init__(
        self,
        catalog: Catalog,
        method: str | None = None,
        optimizers: bool = True,
        types: str | None = None,
    ) -> None:
        self.catalog = catalog
        self.optimizers = optimizers
        self._method = method or best_method()
        self._starter: Starter | None = None
        self._checker: Checker
        self._types = types
        self._manner = Manner()

    def __enter__(self) -> "Judge":
        if self._method == "forkserver":
            start_fork_server(self.optimizers)
        import gc

        from dojo.types.pyrefly import TypeChecker
        from dojo.types.shared import DistantChecker
        from dojo.wall.starter import Starter

        self._starter = Starter(self._method)
        self._checker = DistantChecker(self._types) if self._types else TypeChecker()
        scratch.sweep()
        gc.set_threshold(*_COLLECT)
        gc.collect()
        gc.freeze()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._starter is not None:
            self._checker.close()
            self._starter.close()
            self._starter = None

    @contextlib.contextmanager
    def proving(self, wrong: bool = False, brief: bool = False) -> Iterator[None]:
        """While many variants of one solution are judged with the same seeds: do nothing twice.

        What variants answer is remembered, and types are checked only where nothing failed before.

        Args:
            wrong: they are ours and meant to fail: they share a learner process, and no failure is
                repeated in a fresh one.
            brief: each is judged until the first check that fails.
        """
        self._manner = Manner(shared=object() if wrong else None, brief=brief, memory=Memory())
        try:
            yield
        finally:
            self._manner = Manner()
            if self._starter is not None:
                self._starter.renew()

    @contextlib.contextmanager
    def one_file(self) -> Iterator[None]:
        """While one file is judged on several seeds: nothing is done twice that no seed changes.

        Its judgements share a learner process, as the checks of one judgement do: a failure in a
        process that was used is repeated in a fresh one. After the first, its text, its types and
        what it does in a plain program's dtypes aren't looked at again.
        """
        self._manner = Manner(owner=object())
        try:
            yield
        finally:
            self._manner = Manner()
            if self._starter is not None:
                self._starter.renew()

    def check(
        self,
        request: Request,
        on_check: Callable[[CheckResult], None] | None = None,
        explained: bool = True,
    ) -> Verdict:
        """Judge one file as the answer to one kata.

        Args:
            request: which file, which kata.
            on_check: told of each check as it ends, before diagnosis.
            explained: look for the mistake behind what failed.

        Returns:
            The verdict; what can't be explained is ``not judged``, never a pass.
        """
        from dojo.failure import JudgeError
        from dojo.suite.collect import run_suite, too_few
        from dojo.suite.judgement import Run

        def note(check: "CheckRun") -> None:
            if on_check is not None:
                on_check(check.result(check.failed.finding if check.failed else None))

        if self._starter is None:
            raise RuntimeError("a Judge must be entered before it can judge")
        started = time.perf_counter()
        kata = request.kata
        digest = hashlib.sha256(request.source).hexdigest()
        run = Run.begin(request, self._starter, self._checker, self._manner)
        reason: str | None = None
        results: tuple[CheckResult, ...] = ()
        try:
            reason = run_suite(run, note)
            if reason is None and run.stands_in_its_own_way():
                reason = run_suite(run, note)
            results = _explained(run, explained)
            due = number_of_checks(kata) - run.about_nothing
            if reason is None and len(results) < due:
                reason = too_few(len(results), due)
        except JudgeError as error:
            reason = str(error)
        finally:
            run.close()
            if self._manner.owner is not None:
                self._manner = replace(self._manner, again=True)
        status = _status(results, reason)
        if status == "not judged" and reason is None:
            reason = next(c.error for c in run.checks if c.outcome == "error")
        return Verdict(
            kata=kata.id,
            status=status,
            digest=digest,
            seed=run.seed,
            isolation=run.isolation,
            checks=results,
            output=run.output,
            reason=reason if status == "not judged" else None,
            seconds=time.perf_counter() - started,
            pictures=tuple(p for c in run.checks for p in c.pictures),
            mended=len(kata.repair) - len(run.planted) if run.planted else None,
            declared=_declared(kata) - run.about_nothing,
        )

    def carry_out(self, runs: "Path", name: str, request: Request) -> "Outcome":
        """Carry out a question's run on what a file answers to a kata.

        Args:
            runs: the lesson's ``questions.py``.
            name: of the function in it.
            request: whose code it uses.

        Raises:
            Failed: that code can't serve.
            JudgeError: the run itself is broken, or there are no learner processes.
        """
        from dojo.judge.outcome import carry_out
        from dojo.suite.judgement import Run

        if self._starter is None:
            raise RuntimeError("a Judge must be entered before it can carry out anything")
        run = Run.begin(request, self._starter, self._checker, Manner(memory=Memory()))
        try:
            return run.lend(lambda code: carry_out(runs, name, code))
        finally:
            run.close()


def _declared(kata: Kata) -> int:
    try:
        return number_of_checks(kata)
    except (OSError, SyntaxError, ValueError):  # then nothing was judged, and the reason says so
        return 0


def _explained(run: "Run", mistakes: bool) -> tuple[CheckResult, ...]:
    """The results; without a name where the card can't be read, whose fault no answer is."""
    from dojo.diagnosis.explain import explain

    try:
        return explain(run, mistakes=mistakes)
    except CardError:
        return explain(run, mistakes=False)


def _status(results: tuple[CheckResult, ...], reason: str | None) -> Status:
    outcomes = {c.outcome for c in results}
    if reason is not None or not results:
        return "not judged"
    if "failed" in outcomes:
        return "fail"
    return "pass" if outcomes == {"passed"} else "not judged"
