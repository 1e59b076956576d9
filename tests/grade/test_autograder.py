"""Gradescope's autograder: the zip is unpacked, set up and run in a folder laid out as theirs."""

import json
import os
import subprocess
import sys
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
KATAS = ("1.1.2", "1.1.3")
VISIBILITY = {"hidden", "after_due_date", "after_published", "visible"}
TOP: dict[str, type | tuple[type, ...]] = {
    "score": (int, float),
    "execution_time": (int, float),
    "output": str,
    "output_format": str,
    "test_output_format": str,
    "test_name_format": str,
    "visibility": str,
    "stdout_visibility": str,
    "extra_data": dict,
    "tests": list,
    "leaderboard": list,
}
TEST: dict[str, type | tuple[type, ...]] = {
    "score": (int, float),
    "max_score": (int, float),
    "status": str,
    "name": str,
    "name_format": str,
    "number": str,
    "output": str,
    "output_format": str,
    "tags": list,
    "visibility": str,
    "extra_data": dict,
}
"""The fields of "Autograder Specifications", with what they hold."""


def require_documented(data: dict[str, Any]) -> None:
    """Nothing, unless results.json says something that the documentation doesn't know."""
    assert data.keys() <= TOP.keys()
    assert all(isinstance(data[key], TOP[key]) for key in data)
    assert {data.get("visibility", "visible"), data.get("stdout_visibility", "hidden")} < VISIBILITY
    assert data["tests"] or "score" in data
    for test in data["tests"]:
        assert test.keys() <= TEST.keys()
        assert all(isinstance(test[key], TEST[key]) for key in test)
        assert test.get("status", "passed") in ("passed", "failed")
        assert test.get("output_format", "text") in ("text", "html", "simple_format", "md", "ansi")
        assert 0 <= test["score"] <= test["max_score"]


def call(*words: str, env: Mapping[str, str] = {}, cwd: Path = ROOT) -> str:
    done = subprocess.run(
        words, cwd=cwd, env={**os.environ, **env}, capture_output=True, text=True, timeout=300
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


@pytest.fixture(scope="module")
def autograder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """/autograder, as Gradescope has it when a submission arrives."""
    root = tmp_path_factory.mktemp("autograder")
    zipped = root / "autograder.zip"
    said = call(sys.executable, "kata.py", "export", "gradescope", *KATAS, "-o", str(zipped))
    assert "an assignment of 2 points" in said
    source = root / "source"
    with zipfile.ZipFile(zipped) as archive:
        archive.extractall(source)
        for name in ("setup.sh", "run_autograder"):
            mode = archive.getinfo(name).external_attr >> 16
            assert mode & 0o111
            (source / name).chmod(mode)
    environment = {"KATA_AUTOGRADER_ROOT": str(root), "KATA_PYTHON": sys.executable}
    call(str(source / "setup.sh"), env=environment, cwd=source)
    return root


def judged(root: Path, files: Mapping[str, bytes]) -> dict[str, Any]:
    for folder in ("submission", "results"):
        call("rm", "-rf", str(root / folder))
        (root / folder).mkdir()
    for name, content in files.items():
        (root / "submission" / name).write_bytes(content)
    run = root / "source" / "run_autograder"
    call(str(run), env={"KATA_AUTOGRADER_ROOT": str(root)}, cwd=root)
    data = json.loads((root / "results/results.json").read_text(encoding="utf-8"))
    require_documented(data)
    return data


def solution(number: str) -> Path:
    found = ROOT.glob(f"solutions/lesson_1_1*/{number}_*.py")
    return next(path for path in found if "__" not in path.stem)


def test_a_submission_is_judged_behind_the_wall(autograder: Path) -> None:
    first, second = solution("k2"), solution("k3")
    hostile = (
        b"import pathlib\nfor place in (%r, %r):\n"
        b"    pathlib.Path(place).write_text('mine')\n"
        % (str(autograder / "results/results.json"), str(autograder / "source/kata/kata.py"))
    )
    before = (autograder / "source/kata/kata.py").read_bytes()
    data = judged(
        autograder,
        {first.name: first.read_bytes(), second.name: hostile, "notes.py": b"x = 1\n"},
    )
    assert [(t["score"], t["max_score"], t["status"]) for t in data["tests"]] == [
        (1, 1, "passed"),
        (0, 1, "failed"),
    ]
    assert data["tests"][0]["extra_data"]["isolation"] == "full"
    assert len(data["tests"][0]["extra_data"]["seeds"]) == 3
    assert "PermissionError" in data["tests"][1]["output"]
    assert "notes.py" in data["output"]
    assert (autograder / "source/kata/kata.py").read_bytes() == before


def test_nothing_handed_in_is_no_point(autograder: Path) -> None:
    data = judged(autograder, {})
    assert [t["score"] for t in data["tests"]] == [0, 0]
    assert all("Nothing was handed in" in t["output"] for t in data["tests"])


def test_what_comes_to_no_verdict_is_nobodys_zero(autograder: Path) -> None:
    settings = autograder / "source/kata/dojo/learner/confine.py"
    text = settings.read_text(encoding="utf-8")
    settings.write_text(text + "\ndef layers():\n    return (Layer('the filter', False, ''),)\n")
    (autograder / "results/results.json").unlink(missing_ok=True)
    done = subprocess.run(
        [str(autograder / "source/run_autograder")],
        env={**os.environ, "KATA_AUTOGRADER_ROOT": str(autograder)},
        capture_output=True,
        text=True,
    )
    settings.write_text(text)
    assert done.returncode == 2
    assert "can't shut answers in: the filter" in done.stderr
    assert not (autograder / "results/results.json").exists()


def test_other_lessons_stay_at_home(autograder: Path) -> None:
    with zipfile.ZipFile(autograder / "autograder.zip") as archive:
        lessons = {n.split("/")[2] for n in archive.namelist() if n.startswith("kata/solutions/")}
        requirements = archive.read("kata/requirements.txt").decode()
    assert len(lessons) == 1
    assert "torch==" in requirements


def test_a_file_that_is_there_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "mine.zip").write_text("mine")
    words = ("export", "gradescope", "1.1.2", "-o", str(tmp_path / "mine.zip"))
    done = subprocess.run(
        [sys.executable, "kata.py", *words], cwd=ROOT, capture_output=True, text=True
    )
    assert (done.returncode, "is there already" in done.stderr) == (2, True)
    assert (tmp_path / "mine.zip").read_text() == "mine"


def test_what_judging_takes_is_what_the_project_names() -> None:
    import tomllib

    from dojo.grade.exports.autograder import NEEDED

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = [line.partition(">")[0] for line in project["dependencies"]]
    assert set(NEEDED) <= set(named)
