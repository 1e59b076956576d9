"""The pytest plugin: suites are plain pytest files, and this carries out their checks.

Each suite's own checks are joined by the engine's (the file loads, what is forbidden, types) and
put in the order of their kinds. Used by Judge for one kata, and by the root conftest.py so that
`pytest checks/` works by hand.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest

from dojo.failure import JudgeError
from dojo.suite.attempt import CheckRun, Task
from dojo.suite.judgement import Run
from dojo.verdict import KINDS, Kind

_STEM = "test_"
_OFFERED = {"learner", "gen", "reference"}


def test_load() -> None:
    """the file runs and defines what is asked"""


def test_constraints() -> None:
    """nothing is used that this kata wants written by hand"""


def test_everyday() -> None:
    """the same in a plain program, whose default is float32"""


def test_typing() -> None:
    """the signature is kept, and what is returned has the promised type"""


# The engine's own checks: the kind of each, and how a run carries it out.
_ENGINES: dict[Callable[..., None], tuple[Kind, Callable[[Run, str, str], CheckRun | None]]] = {
    test_load: ("load", Run.load),
    test_constraints: ("constraints", Run.constraints),
    test_everyday: ("dtype", Run.everyday),
    test_typing: ("typing", Run.typing),
}


class Step(Task):
    """One check of a suite, as pytest found it; the engine's own are among them."""

    @property
    def is_engines(self) -> bool:
        """Whether every suite has it."""
        return self.test in _ENGINES

    def carry_out(self, run: Run) -> CheckRun | None:
        """What comes of it in a run, after the checks before it; None if it is about nothing here.

        Raises:
            JudgeError: nothing can be judged.
        """
        if run.blocked(self.kind):
            return CheckRun(self.name, self.title, self.kind, outcome="not reached")
        if self.is_engines:
            return _ENGINES[self.test][1](run, self.name, self.title)
        return run.carry_out(self)


class SuitePlugin:
    """Carries out checks for the runs that it is given.

    Args:
        run_for: the run of a suite file, or None where it isn't a suite.
    """

    def __init__(self, run_for: Callable[[Path], Run | None]) -> None:
        self._run_for = run_for

    @pytest.fixture
    def learner(self) -> None:
        """The subject, on the far side of the wall; put in place when the check runs."""

    @pytest.fixture
    def gen(self) -> None:
        """Fresh random inputs; put in place when the check runs."""

    @pytest.fixture
    def reference(self) -> None:
        """The solution's module; put in place when the check runs."""

    @pytest.hookimpl(trylast=True)
    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        by_module: dict[Any, list[pytest.Item]] = {}
        for item in items:
            by_module.setdefault(item.parent, []).append(item)
        items.clear()
        for module, own in by_module.items():
            run = self._run_for(own[0].path)
            if run is None:
                items.extend(own)
                continue
            engine = [f for f in _ENGINES if f is not test_constraints or run.kata.forbids]
            made = [
                cast(
                    "pytest.Item",
                    pytest.Function.from_parent(module, name=f.__name__, callobj=f),
                )
                for f in engine
            ]
            items.extend(sorted([*made, *own], key=lambda i: KINDS.index(_kind(i))))

    @pytest.hookimpl(tryfirst=True)
    def pytest_pyfunc_call(self, pyfuncitem: pytest.Function) -> bool | None:
        run = self._run_for(pyfuncitem.path)
        if run is None:
            return None
        try:
            check = _step(pyfuncitem).carry_out(run)
        except JudgeError as trouble:
            pytest.exit(str(trouble))
        if check is None:
            return True
        run.checks.append(check)
        if check.outcome == "not reached":
            pytest.skip("not reached")
        if check.failed is not None:
            raise check.failed
        if check.outcome == "error":
            raise RuntimeError(check.error)
        return True


class OneSuite(SuitePlugin):
    """Collects one run's suite and looks at nothing beside it.

    Args:
        run: the run.

    Attributes:
        steps: the suite's checks, in order.
    """

    def __init__(self, run: Run) -> None:
        suite = run.kata.suite_path
        super().__init__(lambda path: run if path == suite else None)
        self._suite = suite
        self.steps: tuple[Step, ...] = ()
        self.trouble = ""

    @pytest.hookimpl(tryfirst=True)
    def pytest_ignore_collect(self, collection_path: Path) -> bool | None:
        """Pass over a suite's neighbours, which pytest would look at one by one."""
        return None if collection_path in (self._suite, self._suite.parent) else True

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.trouble = self.trouble or str(report.longrepr)

    def pytest_collection_finish(self, session: pytest.Session) -> None:
        self.steps = tuple(_step(i) for i in session.items if isinstance(i, pytest.Function))


def _step(item: pytest.Function) -> Step:
    wants = frozenset(item.fixturenames) & _OFFERED
    name = item.name.removeprefix(_STEM)
    return Step(name, _title(item), _kind(item), item.obj, wants)


def _kind(item: pytest.Item) -> Kind:
    function = getattr(item, "obj", None)
    if function in _ENGINES:
        return _ENGINES[function][0]
    marker = item.get_closest_marker("kind")
    return marker.args[0] if marker is not None else "values"


def _title(item: pytest.Function) -> str:
    text = (item.obj.__doc__ or "").strip().partition("\n")[0]
    return text or item.name.removeprefix(_STEM).replace("_", " ")
