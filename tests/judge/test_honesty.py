"""`kata dev check` can fail: seven broken katas, each caught with the right words."""

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from dojo.catalog import Catalog, Kata, load
from dojo.judge.honesty import prove
from dojo.judge.run import seed_of
from dojo.judge.session import Judge
from dojo.judge.vocabulary import Gen
from dojo.subjects import stub_text

LESSON = "lesson_9_1_engine"
CARD = f"checks/{LESSON}/k1_column_grads.toml"
SUITE = f"checks/{LESSON}/test_k1_column_grads.py"
SOLUTION = f"solutions/{LESSON}/k1_column_grads.py"
STUB = f"katas/{LESSON}/k1_column_grads.py"


@pytest.fixture
def honest(tmp_path: Path, mini: Catalog) -> Path:
    """A folder with one honest kata, to be broken."""
    for part in ("checks", "solutions", "katas"):
        for file in (mini.root / part / LESSON).glob("*k1_*"):
            if file.is_file():
                target = tmp_path / part / LESSON / file.name
                target.parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(file, target)
    return tmp_path


# The first of the seeds at which the draw in the broken suite below is unlucky.
UNLUCKY = next(s for s in range(1000) if Gen(seed_of(s, "shape")).integer(0, 20) == 0)


def problems(root: Path, judge: Judge, seeds: range = range(2), derive: bool = True) -> str:
    kata: Kata = load(root).katas[0]
    if derive:
        (root / STUB).write_text(stub_text(kata), encoding="utf-8")
    return "\n".join(prove(kata, judge, seeds).problems)


def edit(path: Path, change: Callable[[str], str]) -> None:
    before = path.read_text(encoding="utf-8")
    after = change(before)
    assert after != before
    path.write_text(after, encoding="utf-8")


def test_an_honest_kata_has_no_problems(honest: Path, judge: Judge) -> None:
    assert problems(honest, judge) == ""


def test_a_suite_that_accepts_a_mistake(honest: Path, judge: Judge) -> None:
    edit(honest / SUITE, lambda s: s.replace("    untouched(learner)\n", ""))
    found = problems(honest, judge)
    assert "'in-place' is accepted" in found


def test_an_unnamed_mistake(honest: Path, judge: Judge) -> None:
    # The suite sees it, but only in something that no replay can tell from the solution.
    edit(
        honest / CARD,
        lambda s: s.replace(
            '[["return 2", "return -2"]]',
            '[["return 2 * (x.T @ out) / n", '
            '"import time\\n    return 2 * (x.T @ out) / n * time.perf_counter()"]]',
        ),
    )
    assert "'sign' is not named" in problems(honest, judge)


def test_a_stub_that_passes(honest: Path, judge: Judge) -> None:
    edit(
        honest / SOLUTION, lambda s: s.replace("    # --- yours\n", "").replace("    # --- end", "")
    )
    assert "the stub passes" in problems(honest, judge)


def test_a_solution_that_fails_at_one_seed_in_twenty(honest: Path, judge: Judge) -> None:
    edit(
        honest / SUITE,
        lambda s: s.replace(
            '    """one number a column"""\n',
            '    """one number a column"""\n    assert gen.integer(0, 20), "an unlucky draw"\n',
        ),
    )
    found = problems(honest, judge, seeds=range(UNLUCKY - 2, UNLUCKY + 1))
    assert "the solution fails at seed" in found
    assert "an unlucky draw" in found


def test_a_drifted_stub(honest: Path, judge: Judge) -> None:
    edit(honest / STUB, lambda s: s.replace("autograd", "automatic differentiation"))
    assert "has drifted from the solution" in problems(honest, judge, derive=False)


def test_a_mistake_whose_edit_no_longer_applies(honest: Path, judge: Judge) -> None:
    edit(honest / SOLUTION, lambda s: s.replace("return 2 *", "return 2.0 *"))
    found = problems(honest, judge)
    assert "mistake 'two-missing'" in found
    assert "must stand there exactly once" in found


def test_a_suite_that_runs_no_check(honest: Path, judge: Judge) -> None:
    edit(honest / SUITE, lambda s: s.replace("def test_", "def no_test_"))
    assert "has no check" in problems(honest, judge)


def test_a_suite_that_cannot_be_read(honest: Path, judge: Judge) -> None:
    edit(honest / SUITE, lambda s: s + "\nimport nowhere_to_be_found\n")
    assert "can't be read" in problems(honest, judge)
