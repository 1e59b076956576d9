"""Verdicts for GitHub Actions: annotations at the learner's lines, and a summary of the job.

docs.github.com, "Workflow commands for GitHub Actions": ``::error file=,line=,title=::message``,
with ``%`` and ends of lines as %25, %0D and %0A, in properties ``:`` and ``,`` as %3A and %2C, too;
a summary is Markdown that is appended to the file GITHUB_STEP_SUMMARY, of at most 1 MiB a step. Ten
errors of a step are shown: the first of each kata comes first.
"""

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TextIO

from dojo.course.catalog import Kata
from dojo.desk.onward import Onward
from dojo.desk.subject import Refusal, Subject
from dojo.screens.report import Report
from dojo.screens.text import clean, count, disarmed, say_error
from dojo.screens.verdicts import first_failure
from dojo.screens.written import fenced, plain, terminal_text
from dojo.verdict import CheckResult, Verdict

MOST_SUMMARY = 900_000  # bytes


class GithubReport(Report):
    """Writes a line for each kata as it is judged, annotations and the summary at the end."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._verdicts: list[tuple[Subject, Verdict]] = []
        self._refusals: list[Refusal] = []

    def judging(self, kata: Kata) -> None:
        pass

    def check_ended(self, result: CheckResult) -> None:
        pass

    def refused(self, refusal: Refusal) -> None:
        self._refusals.append(refusal)
        self._say(refusal.kata, "can't be judged")

    def judged(self, subject: Subject, verdict: Verdict) -> None:
        self._verdicts.append((subject, verdict))
        self._say(subject.kata, _standing(subject, verdict))

    def finish(self, onward: Onward) -> None:
        for line in self._annotations():
            self._stream.write(line + "\n")
        self._stream.flush()
        path = os.environ.get("GITHUB_STEP_SUMMARY")
        if path:
            try:
                with Path(path).open("a", encoding="utf-8", errors="replace") as file:
                    file.write(self._summary())
            except OSError as error:
                say_error(f"The job's summary can't be written: {error.strerror}.")

    def _say(self, kata: Kata, what: str) -> None:
        words = " ".join(clean(f"{kata.id} {kata.title}: {what}").split())
        self._stream.write(disarmed(words) + "\n")

    def _annotations(self) -> Iterator[str]:
        by_kata = [list(_errors(subject, verdict)) for subject, verdict in self._verdicts]
        by_kata += [[_error(r.kata, "can't be judged", r.message)] for r in self._refusals]
        for lines in by_kata:
            yield from lines[:1]
        for lines in by_kata:
            yield from lines[1:]

    def _summary(self) -> str:
        total = len(self._verdicts) + len(self._refusals)
        passed = sum(v.passed for _, v in self._verdicts)
        rows = [(s.kata, _standing(s, v)) for s, v in self._verdicts]
        rows += [(r.kata, "can't be judged") for r in self._refusals]
        parts = [
            f"## {passed} of {count(total, 'kata')} passed\n\n"
            "What this repository's own workflow reports; it is no grade.\n\n"
            "| kata | | |\n|---|---|---|\n"
        ]
        parts += [f"| {plain(k.id)} | {plain(k.title)} | {plain(what)} |\n" for k, what in rows]
        room = MOST_SUMMARY - sum(len(p.encode("utf-8", "replace")) for p in parts)
        left = 0
        for subject, verdict in self._verdicts:
            if verdict.passed or (subject.untouched and not subject.kata.repair):
                continue
            title = plain(f"{subject.kata.id} {subject.kata.title}")
            part = f"\n### {title}\n\n{fenced(terminal_text(subject.kata, verdict))}\n"
            size = len(part.encode("utf-8", "replace"))
            left += size > room
            if size <= room:
                parts.append(part)
                room -= size
        if left:
            parts.append(f"\n{count(left, 'kata')} more not shown here.\n")
        return "".join(parts)


def _standing(subject: Subject, verdict: Verdict) -> str:
    if verdict.passed:
        return "passed"
    if verdict.status == "not judged":
        return "not judged"
    if subject.untouched and not subject.kata.repair:
        return "not begun"
    return f"not passed yet: {first_failure(verdict)}"


def _errors(subject: Subject, verdict: Verdict) -> Iterator[str]:
    """An annotation for each thing that is wrong, however many checks it shows in."""
    if verdict.status == "not judged":
        yield _error(subject.kata, "not judged", verdict.reason or "It came to no verdict.")
        return
    if verdict.passed or (subject.untouched and not subject.kata.repair):
        return
    told: set[str] = set()
    for check in verdict.checks:
        finding = check.finding
        if finding is None or (finding.mistake or finding.message) in told:
            continue
        told.add(finding.mistake or finding.message)
        place = {"file": _file(subject)}
        if finding.line is not None:
            place["line"] = str(finding.line)
        yield _error(subject.kata, check.title, finding.message, place)


def _error(kata: Kata, title: str, message: str, place: dict[str, str] | None = None) -> str:
    properties = {**(place or {}), "title": clean(f"{kata.id} {title}")}
    words = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::error {words}::{_data(clean(message))}"


def _file(subject: Subject) -> str:
    """The path from the repository's top, which is what annotations are found by."""
    top = os.environ.get("GITHUB_WORKSPACE")
    try:
        if top:
            return subject.path.resolve().relative_to(Path(top).resolve()).as_posix()
    except (ValueError, OSError):
        pass
    return clean(subject.shown)


def _data(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
