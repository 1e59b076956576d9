"""Carrying out a suite: pytest reads it, and what it found is kept for the next file."""

import contextlib
import io
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from dojo.course.rows import number_of_checks
from dojo.failure import JudgeError
from dojo.machine.surroundings import environment
from dojo.suite.attempt import CheckRun
from dojo.suite.judgement import Run
from dojo.suite.steps import OneSuite, Step

_PYTEST = [
    "-q",
    "--collect-only",
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


def run_suite(run: Run, on_check: Callable[[CheckRun], None]) -> str | None:
    """Carry out the suite of a run's kata.

    Args:
        run: gets the checks.
        on_check: told of each check as it ends.

    Returns:
        The reason if it could not be carried out.
    """
    with (
        contextlib.redirect_stdout(io.StringIO()),
        contextlib.redirect_stderr(io.StringIO()),
    ):
        try:
            run.about_nothing = 0
            for step in _steps(run):
                check = step.carry_out(run)
                if check is None:
                    run.about_nothing += 1
                    continue
                run.checks.append(check)
                on_check(check)
        except JudgeError as trouble:
            return str(trouble)
    return None


def _steps(run: Run) -> Sequence[Step]:
    suite = run.kata.suite_path
    _forget_if_changed(suite)
    if suite not in _COLLECTED:
        _COLLECTED[suite] = _collect(run)
    return _COLLECTED[suite]


def _collect(run: Run) -> tuple[Step, ...]:
    """Let pytest read the suite; that takes as long as a few checks.

    Raises:
        JudgeError: it can't be read, or holds no check.
    """
    suite, kata = run.kata.suite_path, run.kata.id
    plugin = OneSuite(run)
    args = [*_PYTEST, f"--rootdir={suite.parent}", "-c", os.devnull, str(suite)]
    with contextlib.redirect_stdout(io.StringIO()) as shown, _plugins_off():
        code = pytest.main(args, plugins=[plugin])
    if plugin.trouble:
        raise JudgeError(f"The suite of {kata} can't be read: {plugin.trouble[-300:]}")
    if code == pytest.ExitCode.INTERRUPTED:
        raise KeyboardInterrupt
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
        raise JudgeError(f"The suite of {kata} could not be run: {shown.getvalue()[-300:]}")
    if all(step.is_engines for step in plugin.steps):
        raise JudgeError(f"The suite of {kata} has no check.")
    declared = number_of_checks(run.kata)
    if len(plugin.steps) < declared:
        raise JudgeError(too_few(len(plugin.steps), declared))
    return plugin.steps


def too_few(found: int, declared: int) -> str:
    """Why nothing is judged where not every check of a suite was carried out."""
    return f"Only {found} of the {declared} checks of this suite could be carried out."


def _forget_if_changed(suite: Path) -> None:
    """What is kept of a suite, here and by pytest, goes when it was edited, or its name reused."""
    stamp = suite.stat().st_mtime_ns
    if _STAMPS.get(suite.stem) != (suite, stamp):
        for name in [n for n in sys.modules if n.rpartition(".")[2] == suite.stem]:
            del sys.modules[name]
        _COLLECTED.pop(suite, None)
        _STAMPS[suite.stem] = (suite, stamp)


_STAMPS: dict[str, tuple[Path, int]] = {}
_COLLECTED: dict[Path, tuple[Step, ...]] = {}


@contextlib.contextmanager
def _plugins_off() -> Iterator[None]:
    # What else is installed beside pytest, or asked of it elsewhere (PYTEST_ADDOPTS, say), must
    # neither slow a check down nor change it.
    before = {k: v for k, v in environment().items() if k.startswith("PYTEST_")}
    for name in before:
        os.environ.pop(name, None)
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    try:
        yield
    finally:
        for name in [n for n in environment() if n.startswith("PYTEST_")]:
            os.environ.pop(name, None)
        os.environ.update(before)
