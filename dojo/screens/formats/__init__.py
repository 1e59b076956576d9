"""Verdicts for programs: one module for each format. Each knows verdicts, nothing of judging."""

from collections.abc import Callable
from typing import TextIO

from dojo.screens.report import Report


def _json(stream: TextIO) -> Report:
    from dojo.screens.formats.json import JsonReport

    return JsonReport(stream)


def _junit(stream: TextIO) -> Report:
    from dojo.screens.formats.junit import JunitReport

    return JunitReport(stream)


FORMATS: dict[str, Callable[[TextIO], Report]] = {"json": _json, "junit": _junit}
"""By the name that `--format` takes: what writes the document to a stream."""
