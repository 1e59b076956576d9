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


def _github(stream: TextIO) -> Report:
    from dojo.screens.formats.github import GithubReport

    return GithubReport(stream)


def _exercism(stream: TextIO) -> Report:
    from dojo.screens.formats.exercism import ExercismReport

    return ExercismReport(stream)


FORMATS: dict[str, Callable[[TextIO], Report]] = {
    "json": _json,
    "junit": _junit,
    "github": _github,
    "exercism": _exercism,
}
"""By the name that `--format` takes: what writes the document to a stream."""
