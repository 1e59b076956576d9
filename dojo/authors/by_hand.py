"""Judging with pytest alone: `pytest checks/` prints findings instead of tracebacks."""

from pathlib import Path
from typing import Any

import pytest

from dojo.course.catalog import Catalog
from dojo.failure import Failed
from dojo.request import Request
from dojo.suite.judgement import Run
from dojo.suite.manner import Manner
from dojo.suite.steps import SuitePlugin
from dojo.types.pyrefly import TypeChecker
from dojo.wall.starter import Starter

ALONE = Manner(alone=True)


class ByHand(SuitePlugin):
    """The plugin of a pytest run that somebody started by hand.

    Args:
        catalog: the katas whose suites may be collected.
        folder: where the judged files lie, in lesson folders as in katas/.
        seed: of the inputs.
    """

    def __init__(self, catalog: Catalog, folder: Path, seed: int) -> None:
        super().__init__(self._find)
        self._katas = {k.suite_path: k for k in catalog.katas}
        self._folder = folder
        self._seed = seed
        self._runs: dict[Path, Run] = {}
        self._starter: Starter | None = None
        self._checker = TypeChecker()

    def _find(self, path: Path) -> Run | None:
        kata = self._katas.get(path)
        if kata is None:
            return None
        if path not in self._runs:
            if self._starter is None:
                self._starter = Starter()
                self._starter.warm_up()
            file = self._folder / kata.stub_name
            if not file.is_file():
                raise pytest.UsageError(f"{file} does not exist: nothing to judge")
            request = Request(kata, file.read_bytes(), file.name, self._seed)
            self._runs[path] = Run.begin(request, self._starter, self._checker, ALONE)
        return self._runs[path]

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(self, call: pytest.CallInfo[None]) -> Any:
        report = yield
        if call.excinfo is not None and isinstance(call.excinfo.value, Failed):
            report.longrepr = str(call.excinfo.value)
        return report

    def pytest_unconfigure(self) -> None:
        for run in self._runs.values():
            run.close()
        self._checker.close()
        if self._starter is not None:
            self._starter.close()
