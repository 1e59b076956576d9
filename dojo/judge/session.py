"""Judging, as the commands use it: a Judge stays warm and turns files into verdicts.

Imports nothing slow by itself: entering a Judge first lets the far side begin to import torch,
then imports torch and pytest here, so that both happen at once.
"""

import contextlib
import hashlib
import io
import os
import secrets
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING

from dojo.catalog import Catalog, Kata
from dojo.judge.warm import best_method, start_fork_server
from dojo.verdict import CheckResult, Status, Verdict

if TYPE_CHECKING:
    from dojo.diagnosis.replay import Memory
    from dojo.judge.process import Starter
    from dojo.judge.run import CheckRun, Run
    from dojo.judge.typechecker import TypeChecker

SEEDS = 10_000
_PYTEST = [
    "-q",
    "--capture=no",
    "--import-mode=importlib",
    "--noconftest",
    "--strict-markers",
    "--tb=no",
    # Each of these walks torch's heap, writes files or installs handlers.
    *("-p", "no:cacheprovider"),
    *("-p", "no:unraisableexception"),
    *("-p", "no:threadexception"),
    *("-p", "no:faulthandler"),
    *("-p", "no:warnings"),
    *("-p", "no:logging"),
    *("-p", "no:junitxml"),
    *("-p", "no:doctest"),
]


class Judge:
    """Judges subjects; a context manager that keeps torch warm and leaves no process behind.

    Args:
        catalog: the katas.
        method: how learner processes start: ``forkserver`` or ``spawn``; default: the best here.
        optimizers: subjects may use torch.optim: import ahead what its first use would import.
    """

    def __init__(
        self, catalog: Catalog, method: str | None = None, optimizers: bool = True
    ) -> None:
        self.catalog = catalog
        self.optimizers = optimizers
        self._method = method or best_method()
        self._starter: Starter | None = None
        self._checker: TypeChecker
        self._shared: object | None = None
        self._memory: Memory | None = None

    def __enter__(self) -> "Judge":
        if self._method == "forkserver":
            start_fork_server(self.optimizers)
        import gc

        from dojo.judge.process import Starter
        from dojo.judge.typechecker import TypeChecker

        self._starter = Starter(self._method)
        self._checker = TypeChecker()
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
    def proving(self, wrong: bool = False) -> Iterator[None]:
        """While many variants of one solution are judged with the same seeds: do nothing twice.

        What variants answer is remembered, and types are checked only where nothing failed before.

        Args:
            wrong: they are ours and meant to fail: they share a learner process, and no failure is
                repeated in a fresh one.
        """
        self._memory = {}
        self._shared = object() if wrong else None
        try:
            yield
        finally:
            self._memory = self._shared = None
            if self._starter is not None:
                self._starter.renew()

    def check(
        self,
        kata: Kata,
        source: bytes,
        filename: str,
        seed: int | None = None,
        strict: bool = False,
        on_check: Callable[[CheckResult], None] | None = None,
        explained: bool = True,
    ) -> Verdict:
        """Judge one file as the answer to one kata.

        Args:
            kata: what it answers.
            source: the file's bytes.
            filename: its name, for messages.
            seed: of the inputs; None draws one.
            strict: require the strict type check.
            on_check: told of each check as it ends, before diagnosis.
            explained: look for the mistake behind what failed.

        Returns:
            The verdict; what can't be explained is ``not judged``, never a pass.
        """
        from dojo.diagnosis.explain import explain
        from dojo.judge.failure import JudgeError
        from dojo.judge.run import Run

        if self._starter is None:
            raise RuntimeError("a Judge must be entered before it can judge")
        started = time.perf_counter()
        seed = secrets.randbelow(SEEDS) if seed is None else seed
        digest = hashlib.sha256(source).hexdigest()
        run = Run.begin(
            kata, source, filename, seed, strict, self._starter, self._checker, self._memory
        )
        if self._shared is not None:
            run.owner, run.confirmed = self._shared, True
        reason: str | None = None
        results: tuple[CheckResult, ...] = ()
        try:
            reason = _run_suite(run, on_check)
            if reason is None and run.stands_in_its_own_way():
                reason = _run_suite(run, on_check)
            results = explain(run, mistakes=explained)
        except JudgeError as error:
            reason = str(error)
        finally:
            run.close()
        status = _status(results, reason)
        if status == "not judged" and reason is None:
            reason = next(c.error for c in run.checks if c.outcome == "error")
        return Verdict(
            kata=kata.id,
            status=status,
            digest=digest,
            seed=seed,
            isolation=run.isolation,
            checks=results,
            output=run.output,
            reason=reason if status == "not judged" else None,
            seconds=time.perf_counter() - started,
            pictures=tuple(p for c in run.checks for p in c.pictures),
        )


def _run_suite(run: "Run", on_check: Callable[[CheckResult], None] | None) -> str | None:
    """Carry out the suite; the reason if it could not be."""
    import pytest

    from dojo.judge.plugin import OneSuite

    def note(check: "CheckRun") -> None:
        if on_check is not None:
            on_check(check.result(check.failed.finding if check.failed else None))

    suite = run.kata.suite_path
    _forget_if_changed(suite)
    plugin = OneSuite(run, note)
    args = [*_PYTEST, f"--rootdir={suite.parent}", "-c", os.devnull, str(suite)]
    with (
        contextlib.redirect_stdout(io.StringIO()) as shown,
        contextlib.redirect_stderr(io.StringIO()),
        _plugins_off(),
    ):
        code = pytest.main(args, plugins=[plugin])
    if plugin.trouble is not None:
        return plugin.trouble
    if code == pytest.ExitCode.INTERRUPTED and not plugin.collect_errors:
        raise KeyboardInterrupt
    if plugin.collect_errors:
        return f"The suite of {run.kata.id} can't be read: {plugin.collect_errors[0][-300:]}"
    if code == pytest.ExitCode.NO_TESTS_COLLECTED:
        return f"The suite of {run.kata.id} ran no check."
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        return f"The suite of {run.kata.id} could not be run: {shown.getvalue()[-300:]}"
    own = [c for c in run.checks if c.name not in ("load", "constraints", "typing")]
    return None if own else f"The suite of {run.kata.id} ran no check."


def _forget_if_changed(suite: Path) -> None:
    """pytest keeps the module of a suite; an edited one, or another of its name, is read anew."""
    stamp = suite.stat().st_mtime_ns
    if _STAMPS.get(suite.stem) != (suite, stamp):
        for name in [n for n in sys.modules if n.rpartition(".")[2] == suite.stem]:
            del sys.modules[name]
        _STAMPS[suite.stem] = (suite, stamp)


_STAMPS: dict[str, tuple[Path, int]] = {}


@contextlib.contextmanager
def _plugins_off() -> Iterator[None]:
    # What else is installed beside pytest must neither slow a check down nor change it.
    key = "PYTEST_DISABLE_PLUGIN_AUTOLOAD"
    before = os.environ.get(key)
    os.environ[key] = "1"
    try:
        yield
    finally:
        if before is None:
            del os.environ[key]
        else:
            os.environ[key] = before


def _status(results: tuple[CheckResult, ...], reason: str | None) -> Status:
    outcomes = {c.outcome for c in results}
    if reason is not None or not results:
        return "not judged"
    if "failed" in outcomes:
        return "fail"
    return "pass" if outcomes == {"passed"} else "not judged"
