"""Answers that people might hand in, each with what is read of it first.

A file of tests/answers/ is named after its kata; its first line says `# passes`, or `# first:` and
the name of the mistake in the first finding (`none` where it is rejected without a name). Where
that name says little, a second line, `# says:`, has words that are read there. What is true of the
answer stands in its docstring. Slips that are one edit away from the solution stand on the card,
right ways beside the solution; here are slips as other people make them, two at once, and errors.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dojo.course.catalog import load
from dojo.judge.judge import Judge
from dojo.request import Request

ROOT = Path(__file__).resolve().parents[1]
CATALOG = load(ROOT)
ANSWERS = sorted((ROOT / "tests/answers").glob("*.py"))


@pytest.fixture(scope="module")
def judge() -> Iterator[Judge]:
    with Judge(CATALOG) as judge:
        yield judge


@pytest.mark.parametrize("path", ANSWERS, ids=lambda p: p.stem)
def test_what_is_read_first(path: Path, judge: Judge) -> None:
    source = path.read_bytes()
    expected, second = source.decode().splitlines()[:2]
    expected = expected.removeprefix("# ")
    verdict = judge.check(Request(CATALOG.kata(path.stem.split("_")[0]), source, path.name, seed=1))
    first = verdict.findings[0] if verdict.findings else None
    assert verdict.status == ("pass" if expected == "passes" else "fail"), first
    told = "passes" if first is None else f"first: {first.mistake or 'none'}"
    assert told == expected, first
    if second.startswith("# says: "):
        assert first is not None
        assert second.removeprefix("# says: ") in first.message


def test_no_tick_for_what_a_motionless_model_cannot_meet(judge: Judge) -> None:
    source = (ROOT / "tests/answers/2.1.6_nothing_trained.py").read_bytes()
    verdict = judge.check(Request(CATALOG.kata("2.1.6"), source, "k6.py", seed=1))
    about_training = ("path", "no_early_stop", "measured_last", "first_update")
    outcomes = {c.name: c.outcome for c in verdict.checks}
    assert {outcomes[name] for name in about_training} == {"failed"}
