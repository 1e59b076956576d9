"""Katas go by names that last: what was passed under a number stays passed under its name."""

import json
from pathlib import Path

import pytest

from dojo.course.catalog import load
from dojo.course.former_ids import FORMER_IDS
from dojo.desk.log import ProgressLog

ROOT = Path(__file__).resolve().parents[2]
CATALOG = load(ROOT)

# What `kata list` ticked when the log below was written: passes in all seven lessons.
TICKED = {
    "1.1.1": "mse-loss",
    "1.1.2": "one-update",
    "1.1.5": "first-nn-loop",
    "1.2.1": "linear-data",
    "1.2.4": "two-features",
    "1.2.6": "autograd-line",
    "1.5.2": "relative-error",
    "1.5.6": "three-way-agreement",
    "2.1.1": "two-moons",
    "2.1.6": "moons-showdown",
    "2.2.3": "xor-by-hand",
    "2.2.4": "stable-bce",
    "2.3.1": "leaf-parameters",
    "2.3.2": "mlp-forward",
    "2.3.3": "manual-step",
    "2.4.4": "saturation",
    "2.4.6": "relu-interpolator",
}
TRIED = "1.1.3", "2.2.1", "2.4.1"


def old_lines() -> list[str]:
    """A log as the version without lasting names wrote it."""
    lines: list[str] = []
    for number, kata in enumerate((*TRIED, *TICKED)):
        status = "fail" if kata in TRIED else "pass"
        digest = f"{number:02x}" * 32
        lines.append(
            f'{{"time": "2025-03-01T10:{number:02}:00.123+00:00", "event": "attempt", '
            f'"kata": "{kata}", "digest": "{digest}", "status": "{status}", "seed": 7, '
            '"failed": [], "mistakes": [], "untouched": false}'
        )
    lines.append(
        '{"time": "2025-03-02T10:00:00.123+00:00", "event": "hint", "kata": "2.4.1", "level": 2}'
    )
    return lines


@pytest.fixture
def log(tmp_path: Path) -> ProgressLog:
    log = ProgressLog(tmp_path)
    log.path.write_text("".join(line + "\n" for line in old_lines()))
    return log


def test_an_old_log_has_the_same_ticks(log: ProgressLog) -> None:
    progress = log.read()
    assert progress.damaged == 0
    assert progress.done == set(TICKED.values())
    ticked = [k.id for k in CATALOG.katas if progress.is_done(k)]
    assert len({k.rpartition(".")[0] for k in ticked}) == 7
    assert len(ticked) == len(TICKED)
    assert {k.slug for k in CATALOG.katas if progress.of(k).tried} == {
        *TICKED.values(),
        *(FORMER_IDS[k] for k in TRIED),
    }
    assert progress.standings[FORMER_IDS["2.4.1"]].hints == 2


def test_old_and_new_lines_go_together(log: ProgressLog) -> None:
    kata = next(k for k in CATALOG.katas if k.slug == TICKED["2.3.3"])
    log.add_hint(kata, 3)
    (attempt,) = log.attempts(kata)
    assert attempt.digest == f"{[*TRIED, *TICKED].index('2.3.3'):02x}" * 32
    standing = log.read().of(kata)
    assert (standing.tried, standing.passed, standing.hints) == (1, True, 3)


def test_new_lines_name_the_kata_by_its_slug_and_its_pack(log: ProgressLog) -> None:
    log.add_hint(CATALOG.katas[0], 1)
    line = json.loads(log.path.read_text().splitlines()[-1])
    assert (line["slug"], line["pack"]) == ("mse-loss", "training-loop")


def test_names_are_unique() -> None:
    slugs = [k.slug for k in CATALOG.katas]
    assert sorted(set(slugs)) == sorted(slugs)
    assert len(set(FORMER_IDS.values())) == len(FORMER_IDS) == 41


def test_every_former_number_means_a_kata_that_there_is() -> None:
    assert set(FORMER_IDS.values()) <= {k.slug for k in CATALOG.katas}
