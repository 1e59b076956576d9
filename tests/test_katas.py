"""The katas themselves: every suite is honest, and the other ways to judge agree."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from dojo import DISTRIBUTION
from dojo.authors.proof import prove
from dojo.course.catalog import Kata, load
from dojo.judge.judge import Judge

ROOT = Path(__file__).resolve().parents[1]
CATALOG = load(ROOT)
SEEDS = range(2)  # `kata dev check --seeds 50` is for authors; here time is short


@pytest.fixture(scope="module")
def judge() -> Iterator[Judge]:
    with Judge(CATALOG) as judge:
        yield judge


def test_there_are_katas() -> None:
    lessons = {x.id: len(x.katas) for x in CATALOG.lessons}
    assert lessons == {
        "1.1": 5,
        "1.2": 6,
        "1.3": 5,
        "1.4": 5,
        "1.5": 6,
        "1.6": 4,
        "2.1": 6,
        "2.2": 6,
        "2.3": 6,
        "2.4": 6,
        "2.5": 6,
        "2.6": 5,
        "2.7": 4,
    }


@pytest.mark.parametrize("kata", CATALOG.katas, ids=lambda k: k.id)
def test_every_suite_is_honest(kata: Kata, judge: Judge) -> None:
    assert prove(kata, judge, SEEDS).problems == ()


@pytest.mark.parametrize("kata", CATALOG.katas, ids=lambda k: k.id)
def test_every_kata_has_its_texts(kata: Kata) -> None:
    assert len(kata.hints) == 3
    assert kata.lesson_text_path.is_file()
    assert 0 < kata.minutes <= 60
    assert all(m.says or m.relation for m in kata.mistakes())


def test_pytest_alone_passes_on_the_solutions_and_fails_on_the_stubs() -> None:
    for subject, code in (("solutions", 0), ("katas", 1)):
        words = [sys.executable, "-m", "pytest", "checks/", "--subject", subject, "-q"]
        done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, check=False)
        assert done.returncode == code, done.stdout[-2000:]
        assert ("not written yet" in done.stdout) == (subject == "katas")


def test_the_wheel_judges_outside_the_checkout(tmp_path: Path) -> None:
    build = [sys.executable, "-m", "pip", "wheel", "--no-deps", "--quiet", str(ROOT)]
    subprocess.run([*build, "--wheel-dir", str(tmp_path)], check=True, cwd=tmp_path)
    (wheel,) = tmp_path.glob(f"{DISTRIBUTION.replace('-', '_')}-*.whl")
    installed = tmp_path / "installed"
    install = [sys.executable, "-m", "pip", "install", "--no-deps", "--quiet", str(wheel)]
    subprocess.run([*install, "--target", str(installed)], check=True)
    with tempfile.TemporaryDirectory() as folder:
        env = {**os.environ, "PYTHONPATH": str(installed), "NO_COLOR": "1"}
        env.pop("KATA_WORKSPACE", None)

        def kata(*words: str) -> "subprocess.CompletedProcess[str]":
            command = [sys.executable, "-P", "-m", "kata", *words]
            return subprocess.run(
                command, cwd=folder, env=env, capture_output=True, text=True, check=False
            )

        assert kata("init", "w").returncode == 0
        folder = str(Path(folder) / "w")
        checked = kata("check", "2.3")
        assert checked.returncode == 1, checked.stderr
        assert "2.3.1" in checked.stdout
        source = (ROOT / "solutions/lesson_2_3_from_scratch/k1_leaf_parameters.py").read_bytes()
        (Path(folder) / "katas/lesson_2_3_from_scratch/k1_leaf_parameters.py").write_bytes(source)
        right = kata("check", "2.3.1")
        assert right.returncode == 0, right.stdout + right.stderr
