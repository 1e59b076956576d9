"""With the real judge: a grade is what `kata check` says on its seeds, on one worker or two."""

import subprocess
import sys
from pathlib import Path

import pytest

from dojo.course.catalog import Catalog
from dojo.course.derive import mistake_text, stub_text
from dojo.grade.unit import GradeJob, unit_of
from dojo.judge.judge import Judge
from dojo.request import Request

pytest.importorskip("sqlalchemy")

MINI = Path(__file__).parents[1] / "mini"
RUNNER = Path(__file__).parents[1] / "commands" / "real_kata.py"


def answers(mini: Catalog) -> dict[str, bytes]:
    """Right answers and wrong ones, by a place in a pile of folders."""
    found: dict[str, bytes] = {}
    for kata in (mini.kata("9.1.1"), mini.kata("9.1.3")):
        for i, path in enumerate((kata.solution_path, *kata.alternative_paths)):
            found[f"right {i}/{kata.stem}.py"] = path.read_bytes()
        for mistake in kata.mistakes()[:3]:
            found[f"{mistake.id}/{kata.stem}.py"] = mistake_text(kata, mistake).encode()
        found[f'Öz, "not" begun/{kata.stem}.py'] = stub_text(kata).encode()
        found[f"no Python/{kata.stem}.py"] = b"def column_grads(x:\n"
    return found


def test_a_grading_is_what_a_check_says(mini: Catalog, judge: Judge) -> None:
    statuses = set()
    for place, source in answers(mini).items():
        kata = next(k for k in mini.katas if place.endswith(f"/{k.stem}.py"))
        import hashlib

        unit = unit_of(kata, hashlib.sha256(source).hexdigest())
        grading = GradeJob(kata, source, unit.seeds)(judge)
        checked = [judge.check(Request(kata, source, f"{kata.stem}.py", s)) for s in grading.seeds]
        assert [v.passed for v in checked[:-1]] == [True] * (len(checked) - 1)
        told = grading.verdict
        same = checked[0] if told.passed else checked[-1]
        assert (told.status, told.findings) == (same.status, same.findings)
        assert told.passed == all(v.passed for v in checked)
        assert len(grading.seeds) == 3 or not told.passed
        statuses.add(told.status)
    assert statuses == {"pass", "fail"}


def test_one_worker_and_two_write_the_same_bytes(mini: Catalog, tmp_path: Path) -> None:
    for place, source in answers(mini).items():
        path = tmp_path / "pile" / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(source)
    for workers in ("1", "2"):
        words = ("grade", "pile", "--workers", workers, "--out", workers)
        done = subprocess.run(
            [sys.executable, str(RUNNER), str(MINI), *words],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            timeout=300,
        )
        assert (done.returncode, done.stderr) == (0, "")
    one, two = (
        {
            p.relative_to(tmp_path / w).as_posix(): p.read_bytes()
            for p in (tmp_path / w).rglob("*")
            if p.is_file() and ".kata-grade" not in p.parts
        }
        for w in ("1", "2")
    )
    assert one == two
    assert b'"status": "pass"' in one["gradings.jsonl"]
