"""The pytest plugin: suites are plain pytest files, and this carries out their checks.

Each suite's own checks are joined by the engine's (the file loads, what is forbidden, types) and
put in the order of their kinds. Used by Judge for one kata, and by the root conftest.py so that
`pytest checks/` works by hand.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, cast

import pytest

from dojo.judge.failure import JudgeError
from dojo.judge.run import CheckRun, Run
from dojo.verdict import KINDS, Kind

_STEM = "test_"


def test_load() -> None:
    """the file runs and defines what is asked"""


def test_constraints() -> None:
    """nothing is used that this kata wants written by hand"""


def test_typing() -> None:
    """the signature is kept, and what is returned has the promised type"""


class SuitePlugin:
    """Carries out checks for the runs that it is given.

    Args:
        run_for: the run of a suite file, or None where it isn't a suite.
        on_check: told of each check as it ends.
    """

    def __init__(
        self, run_for: Callable[[Path], Run | None], on_check: Callable[[CheckRun], None]
    ) -> None:
        self._run_for = run_for
        self._on_check = on_check
        self.collect_errors: list[str] = []
        self.trouble: str | None = None

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
            engine = [test_load, test_typing]
            if run.kata.forbids:
                engine.append(test_constraints)
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
            check = self._carry_out(run, pyfuncitem)
        except JudgeError as trouble:
            self.trouble = str(trouble)
            pytest.exit(self.trouble)
        run.checks.append(check)
        self._on_check(check)
        if check.outcome == "not reached":
            pytest.skip("not reached")
        if check.failed is not None:
            raise check.failed
        if check.outcome == "error":
            raise RuntimeError(check.error)
        return True

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.failed:
            self.collect_errors.append(str(report.longrepr))

    def _carry_out(self, run: Run, item: pytest.Function) -> CheckRun:
        kind = _kind(item)
        name, title = item.name.removeprefix(_STEM), _title(item)
        if run.blocked(kind):
            return CheckRun(name, title, kind, outcome="not reached")
        function = item.obj
        if function is test_load:
            return run.load(name, title)
        if function is test_constraints:
            return run.constraints(name, title)
        if function is test_typing:
            return run.typing(name, title)
        wants = {k for k in item.fixturenames if k in ("learner", "gen", "reference")}
        return run.carry_out(name, title, kind, function, wants)


class OneSuite(SuitePlugin):
    """Carries out one run's suite and looks at nothing beside it.

    Args:
        run: the run.
        on_check: told of each check as it ends.
    """

    def __init__(self, run: Run, on_check: Callable[[CheckRun], None]) -> None:
        suite = run.kata.suite_path
        super().__init__(lambda path: run if path == suite else None, on_check)
        self._suite = suite

    @pytest.hookimpl(tryfirst=True)
    def pytest_ignore_collect(self, collection_path: Path) -> bool | None:
        """Pass over a suite's neighbours, which pytest would look at one by one."""
        return None if collection_path in (self._suite, self._suite.parent) else True


def _kind(item: pytest.Item) -> Kind:
    function = getattr(item, "obj", None)
    if function is test_load:
        return "load"
    if function is test_constraints:
        return "constraints"
    if function is test_typing:
        return "typing"
    marker = item.get_closest_marker("kind")
    return marker.args[0] if marker is not None else "values"


def _title(item: pytest.Function) -> str:
    text = (item.obj.__doc__ or "").strip().partition("\n")[0]
    return text or item.name.removeprefix(_STEM).replace("_", " ")
