"""Verdicts as JSON, in the format that docs/json.md describes; nothing else goes to the stream."""

import json
import math
from typing import Any, TextIO

from dojo.course.catalog import Kata
from dojo.desk.onward import Onward
from dojo.desk.subject import Refusal, Subject
from dojo.screens.report import Report
from dojo.verdict import CheckResult, Finding, Verdict

FORMAT = "kata-verdicts"
VERSION = 1


class JsonReport(Report):
    """Collects the verdicts and writes one object at the end."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._verdicts: list[tuple[Kata, Verdict]] = []
        self._refusals: list[Refusal] = []

    def judging(self, kata: Kata) -> None:
        pass

    def check_ended(self, result: CheckResult) -> None:
        pass

    def refused(self, refusal: Refusal) -> None:
        self._refusals.append(refusal)

    def judged(self, subject: Subject, verdict: Verdict) -> None:
        self._verdicts.append((subject.kata, verdict))

    def finish(self, onward: Onward) -> None:
        self._stream.write(to_json(self._verdicts, self._refusals) + "\n")
        self._stream.flush()


def to_json(verdicts: list[tuple[Kata, Verdict]], refusals: list[Refusal]) -> str:
    """The whole document as ASCII text."""
    document = {
        "format": FORMAT,
        "version": VERSION,
        "passed": bool(verdicts) and not refusals and all(v.passed for _, v in verdicts),
        "verdicts": [verdict_data(k, v) for k, v in verdicts],
        "refused": [
            {"kata": r.kata.id, "slug": r.kata.slug, "message": _text(r.message)} for r in refusals
        ],
    }
    return dumped(document)


def dumped(document: object) -> str:
    """Strict JSON in ASCII, in which nothing is an order to GitHub's runner (``##[``)."""
    text = json.dumps(document, indent=2, allow_nan=False)
    return text.replace("##[", "#\\u0023[")


def verdict_data(kata: Kata, verdict: Verdict) -> dict[str, Any]:
    """One verdict as strict JSON can say it; docs/json.md describes the fields."""
    return {
        "kata": kata.id,
        "slug": kata.slug,
        "pack": kata.pack,
        "passed": verdict.passed,
        "status": verdict.status,
        "reason": _text(verdict.reason),
        "digest": verdict.digest,
        "seed": verdict.seed,
        "isolation": verdict.isolation,
        "duration": _number(verdict.seconds),
        "declared": verdict.declared,
        "mended": verdict.mended,
        "checks": [_check(c) for c in verdict.checks],
        "output": _text(verdict.output),
    }


def _check(check: CheckResult) -> dict[str, Any]:
    return {
        "name": _text(check.name),
        "title": _text(check.title),
        "kind": check.kind,
        "outcome": check.outcome,
        "duration": _number(check.seconds),
        "finding": None if check.finding is None else _finding(check.finding),
        "advice": [_finding(a) for a in check.advice],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "message": _text(finding.message),
        "mistake": finding.mistake,
        "sure": finding.sure,
        "line": finding.line,
        "source": _text(finding.source),
        "evidence": {_text(k): _plain(v) for k, v in finding.evidence.items()},
    }


def _plain(value: float | int | str | bool) -> float | int | str | bool:
    if isinstance(value, str):
        return value.encode("utf-8", "replace").decode("utf-8")
    return _number(value) if isinstance(value, float) else value


def _number(value: float) -> float | str:
    """JSON has no NaN and no infinity; they travel as the strings nan, inf and -inf."""
    return value if math.isfinite(value) else str(float(value))


def _text(text: str | None) -> str | None:
    """Without lone surrogates, which many readers of JSON refuse."""
    return None if text is None else text.encode("utf-8", "replace").decode("utf-8")
