"""Verdicts as JUnit XML for CI systems: one testsuite a kata, one testcase a check."""

import re
import xml.etree.ElementTree as ET
from typing import TextIO

from dojo.course.catalog import Kata
from dojo.desk.onward import Onward
from dojo.desk.subject import Refusal, Subject
from dojo.screens.report import Report
from dojo.verdict import CheckResult, Verdict

_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")

# What GitHub's runner takes for an order in what is printed; as references it means the same here.
_ORDER = re.compile(r"^([ \t]*)::", re.MULTILINE)


class JunitReport(Report):
    """Collects the verdicts and writes one document at the end."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream
        self._root = ET.Element("testsuites", name="kata")

    def judging(self, kata: Kata) -> None:
        pass

    def check_ended(self, result: CheckResult) -> None:
        pass

    def refused(self, refusal: Refusal) -> None:
        suite = ET.SubElement(self._root, "testsuite", name=refusal.kata.id)
        _not_judged(suite, refusal.kata.id, refusal.message)
        _count(suite)

    def judged(self, subject: Subject, verdict: Verdict) -> None:
        suite = ET.SubElement(
            self._root, "testsuite", name=verdict.kata, time=f"{verdict.seconds:.3f}"
        )
        properties = ET.SubElement(suite, "properties")
        for name, value in (
            ("digest", verdict.digest),
            ("seed", str(verdict.seed)),
            ("isolation", verdict.isolation),
        ):
            ET.SubElement(properties, "property", name=name, value=_legal(value))
        for check in verdict.checks:
            _case(suite, verdict.kata, check, subject.shown)
        if verdict.status == "not judged":
            _not_judged(suite, verdict.kata, verdict.reason or "the judge ended without a result")
        _count(suite)
        if verdict.output:
            ET.SubElement(suite, "system-out").text = _legal(verdict.output)

    def finish(self, onward: Onward) -> None:
        suites = self._root.findall("testsuite")
        for key in ("tests", "failures", "errors"):  # the whole has no count of skipped ones
            self._root.set(key, str(sum(int(s.get(key, "0")) for s in suites)))
        ET.indent(self._root)
        # In ASCII with character references, so that no encoding of a terminal can break it.
        text = ET.tostring(self._root, encoding="us-ascii").decode("ascii")
        text = _ORDER.sub(r"\1&#58;:", text).replace("##[", "#&#35;[")
        self._stream.write('<?xml version="1.0" encoding="UTF-8"?>\n')
        self._stream.write(text + "\n")
        self._stream.flush()


def _case(suite: ET.Element, kata_id: str, check: CheckResult, shown: str) -> None:
    case = ET.SubElement(
        suite,
        "testcase",
        classname=f"{kata_id}.{check.kind}",
        name=_legal(check.title),
        time=f"{check.seconds:.3f}",
    )
    finding = check.finding
    if check.outcome == "not reached":
        ET.SubElement(case, "skipped", message="not reached: something it rests on failed")
    elif check.outcome in ("failed", "error"):
        tag = "failure" if check.outcome == "failed" else "error"
        message = _legal(finding.message) if finding is not None else check.outcome
        kind = (finding.mistake if finding is not None else None) or check.kind
        element = ET.SubElement(case, tag, message=message, type=_legal(kind))
        element.text = message
        if finding is not None and finding.line is not None:
            element.text += f"\n{_legal(shown)}:{finding.line}: {_legal(finding.source or '')}"


def _not_judged(suite: ET.Element, kata_id: str, reason: str) -> None:
    case = ET.SubElement(suite, "testcase", classname=kata_id, name="judgement")
    ET.SubElement(case, "error", message=_legal(reason), type="not judged")


def _count(suite: ET.Element) -> None:
    suite.set("tests", str(len(suite.findall("testcase"))))
    for key, tag in (("failures", "failure"), ("errors", "error"), ("skipped", "skipped")):
        suite.set(key, str(len(suite.findall(f"testcase/{tag}"))))


def _legal(text: str) -> str:
    """Without the characters that XML 1.0 can't hold in any form."""
    return _ILLEGAL.sub("�", text)
