"""What is told of what a learner did, and no more: see `protocol.Event`.

Each function gives an event without number and time, which the spool adds. Code is in `shared`
only, and a mistake's name only where it was recognised for sure.
"""

import contextlib
from collections.abc import Mapping
from typing import Any

from dojo.course.catalog import CardError, Kata
from dojo.desk.subject import Subject
from dojo.verdict import CheckResult, Evidence, Verdict

Unnumbered = Mapping[str, Any]
_FACTORS = ("wrong-factor", "opposite-sign")  # as the engine names them in any kata


def begun(kata: Kata) -> Unnumbered:
    """A kata was shown as the next one."""
    return {"kind": "begun", "kata": kata.slug}


def checked(subject: Subject, verdict: Verdict) -> Unnumbered:
    """A file was judged."""
    failed = [c for c in verdict.checks if c.outcome == "failed"]
    return {
        "kind": "checked",
        "kata": subject.kata.slug,
        "status": verdict.status,
        "passed": [c.name for c in verdict.checks if c.outcome == "passed"],
        "failed": [c.name for c in failed],
        "checks": verdict.share[1],
        "mistakes": sorted({_name(subject.kata, m, c) for c in failed if (m := _mistake(c))}),
        "relations": [r for c in failed if (r := _relation(c))],
        "digest": verdict.digest,
        "seconds": round(verdict.seconds, 3),
        "untouched": subject.untouched,
    }


def hinted(kata: Kata, level: int) -> Unnumbered:
    """So many hints of a kata were shown by now."""
    return {"kind": "hinted", "kata": kata.slug, "hints": level, "of": len(kata.hints)}


def asked(slug: str, text: str) -> Unnumbered:
    """A hand goes up, with a question that may be empty; ``slug`` may be, too."""
    return {"kind": "asked", "kata": slug, "text": text}


def answered() -> Unnumbered:
    """The hand goes down."""
    return {"kind": "answered", "kata": ""}


def shared(subject: Subject, digest: str) -> Unnumbered:
    """The code of one kata, because the learner said so."""
    source = subject.source.decode("utf-8-sig", "replace")
    return {"kind": "shared", "kata": subject.kata.slug, "digest": digest, "source": source}


def left() -> Unnumbered:
    """The learner takes part no more."""
    return {"kind": "left", "kata": ""}


def _mistake(check: CheckResult) -> str | None:
    finding = check.finding
    return finding.mistake if finding is not None and finding.sure else None


def _name(kata: Kata, mistake: str, check: CheckResult) -> str:
    """A mistake's name; a factor of which the card has words goes by it: ``factor n``."""
    evidence: Evidence = {} if check.finding is None else check.finding.evidence
    if mistake in _FACTORS and evidence.get("relation") == "ratio":
        named = f"factor {evidence.get('is', '')}"
        with contextlib.suppress(CardError):
            if named in kata.words().says:
                return named
    return mistake


def _relation(check: CheckResult) -> str | None:
    """``check: relation`` of a failure without a name, where its numbers have a relation."""
    if check.finding is None or _mistake(check):
        return None
    evidence: Evidence = check.finding.evidence
    relation = evidence.get("relation")
    if not isinstance(relation, str):
        return None
    if relation == "ratio":
        ratio = evidence.get("ratio", "")
        number = f"{ratio:.4g}" if isinstance(ratio, float | int) else ""
        relation = f"ratio {evidence.get('is') or number}".strip()
    return f"{check.name}: {relation}"
