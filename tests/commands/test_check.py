"""`kata check`: what is judged, what is recorded, what it answers, and its exit codes."""

import json
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path

import pytest

from dojo.course.catalog import load
from dojo.desk.log import ProgressLog

Run = Callable[..., subprocess.CompletedProcess[str]]
FIRST = "katas/lesson_1_2_linear_regression/k1_mean_of_squares.py"
SECOND = "katas/lesson_1_2_linear_regression/k2_second_mean.py"
THIRD = "katas/lesson_2_3_from_scratch/k1_third_mean.py"


def write(course: Path, stub: str, word: str) -> None:
    (course / stub).write_text(f"# {word}\n")


def test_a_pass_says_what_was_mastered_and_what_is_next(kata: Run, course: Path) -> None:
    write(course, FIRST, "RIGHT")
    done = kata("check")
    assert done.returncode == 0
    assert "You can now reduce a table along one of its axes." in done.stdout
    assert "kata solution 1.2.1 --diff" in done.stdout
    assert SECOND in done.stdout
    assert "1 of 2 in lesson 1.2" in done.stdout


def test_a_fail_shows_finding_line_seed_and_how_to_repeat(kata: Run, course: Path) -> None:
    write(course, FIRST, "WRONG")
    done = kata("check", "1.2.1")
    assert done.returncode == 1
    assert "The result is 7 times too large. Where is the division?" in done.stdout
    assert f"{FIRST}:3" in done.stdout
    assert "return x.square().sum(dim=0)  # [bold]" in done.stdout
    assert "kata check 1.2.1 --seed 4127" in done.stdout
    assert "kata hint 1.2.1" in done.stdout
    assert "You can now" not in done.stdout


def test_the_untouched_stub_is_not_met_with_findings(kata: Run) -> None:
    done = kata("check", "1.2.1")
    assert done.returncode == 1
    assert "Nothing is written here yet" in done.stdout
    assert "7 times" not in done.stdout


def test_not_judged_is_neither_pass_nor_fail(kata: Run, course: Path) -> None:
    write(course, FIRST, "UNJUDGED")
    done = kata("check")
    assert done.returncode == 3
    assert "The learner process could not be started." in done.stdout
    assert "neither a pass nor a fail" in done.stdout


def test_a_broken_judge_is_our_fault_in_one_sentence(kata: Run, course: Path) -> None:
    write(course, FIRST, "CRASH")
    done = kata("check")
    assert done.returncode == 3
    assert "the judge broke" in done.stderr
    assert "Traceback" not in done.stderr
    debug = kata("check", env={"KATA_DEBUG": "1"})
    assert debug.returncode == 3
    assert "Traceback" in debug.stderr


@pytest.mark.parametrize(
    ("selector", "chosen"),
    [
        ("1.2.1", ["1.2.1"]),
        ("mean-of-squares", ["1.2.1"]),
        ("1.2", ["1.2.1", "1.2.2"]),
        ("1", ["1.2.1", "1.2.2"]),
        ("--all", ["1.2.1", "1.2.2", "2.3.1"]),
        (FIRST, ["1.2.1"]),
        ("katas/lesson_1_2_linear_regression", ["1.2.1", "1.2.2"]),
        ("katas/lesson_1_2_linear_regression/", ["1.2.1", "1.2.2"]),
        ("katas/lesson_1_2_linear_regression/README.md", ["1.2.1", "1.2.2"]),
        ("katas", ["1.2.1", "1.2.2", "2.3.1"]),
    ],
)
def test_selectors(kata: Run, selector: str, chosen: list[str]) -> None:
    document = json.loads(kata("check", selector, "--format", "json").stdout)
    assert [v["kata"] for v in document["verdicts"]] == chosen


def test_paths_work_from_the_folder_one_is_in(kata: Run, course: Path) -> None:
    lesson = course / "katas/lesson_1_2_linear_regression"
    for selector in ("k2_second_mean.py", "./k2_second_mean.py", str(lesson / "k2_second_mean.py")):
        document = json.loads(kata("check", selector, "--format", "json", cwd=lesson).stdout)
        assert [v["kata"] for v in document["verdicts"]] == ["1.2.2"]
    everything = json.loads(kata("check", ".", "--format", "json", cwd=lesson).stdout)
    assert [v["kata"] for v in everything["verdicts"]] == ["1.2.1", "1.2.2"]


def test_several_katas_get_a_row_each_and_a_bar(kata: Run, course: Path) -> None:
    write(course, FIRST, "RIGHT")
    write(course, THIRD, "WRONG")
    done = kata("check", "--all")
    assert done.returncode == 1
    rows = done.stdout.splitlines()
    assert any("✓ 1.2.1" in row for row in rows)
    assert any("· 1.2.2" in row and "not started" in row for row in rows)
    assert any("✗ 2.3.1" in row and "values: the mean of the squares" in row for row in rows)
    assert "1 of 3 katas passed · 1 not started · 1 to mend" in done.stdout
    assert f"{THIRD}:3" in done.stdout


def test_a_missing_file_among_several_does_not_stop_the_others(kata: Run, course: Path) -> None:
    write(course, SECOND, "RIGHT")
    (course / FIRST).unlink()
    done = kata("check", "1.2")
    assert done.returncode == 2
    assert "✓ 1.2.2" in done.stdout
    assert "`kata reset 1.2.1`" in done.stdout
    document = json.loads(kata("check", "1.2", "--format", "json").stdout)
    assert document["passed"] is False
    assert [r["kata"] for r in document["refused"]] == ["1.2.1"]


def test_a_file_is_judged_without_touching_progress(kata: Run, course: Path) -> None:
    answer = course.parent / "answer.py"
    answer.write_text("# RIGHT\n")
    done = kata("check", "1.2.1", "--file", str(answer))
    assert done.returncode == 0
    assert not (course / ".kata").exists()
    assert "1.2.1" in kata("next").stdout


def test_a_file_needs_exactly_one_kata(kata: Run) -> None:
    for args in ((), ("1.2",), ("1.2.1", "1.2.2"), ("--all",)):
        done = kata("check", *args, "--file", FIRST)
        assert done.returncode == 2
        assert len(done.stderr.splitlines()) == 1
        assert not done.stdout


def test_a_path_outside_the_workspace_is_not_taken_for_the_stub(kata: Run, course: Path) -> None:
    other = course.parent / "lesson_1_2_linear_regression"
    other.mkdir()
    (other / "k1_mean_of_squares.py").write_text("# RIGHT\n")
    done = kata("check", str(other / "k1_mean_of_squares.py"))
    assert done.returncode == 2
    assert "`kata check 1.2.1 --file" in done.stderr


def test_seed_and_strict_reach_the_judge(kata: Run, course: Path) -> None:
    write(course, FIRST, "WRONG")
    done = kata("check", "1.2.1", "--seed", "99", "--strict", "--format", "json")
    (verdict,) = json.loads(done.stdout)["verdicts"]
    assert verdict["seed"] == 99
    assert verdict["checks"][1]["finding"]["evidence"]["strict"] is True


def test_json_and_junit_are_all_that_stdout_holds(kata: Run, course: Path) -> None:
    write(course, FIRST, "PRINT")
    (course / ".kata").mkdir()
    (course / ".kata/log.jsonl").write_bytes(b"\xff garbage\n")
    done = kata("check", "--all", "--format", "json")
    assert done.returncode == 1
    json.loads(done.stdout, parse_constant=pytest.fail)
    assert "damaged" in done.stderr
    suites = ET.fromstring(kata("check", "--all", "--format", "junit").stdout)
    assert [s.get("name") for s in suites] == ["1.2.1", "1.2.2", "2.3.1"]


def test_attempts_are_recorded_with_the_judged_bytes(kata: Run, course: Path) -> None:
    write(course, FIRST, "WRONG")
    kata("check", "1.2.1")
    log = ProgressLog(course / ".kata")
    (attempt,) = log.attempts(load(course).kata("1.2.1"))
    assert (attempt.status, attempt.seed) == ("fail", 4127)
    assert (attempt.failed, attempt.mistakes) == (("mean_of_squares",), ("sum-for-mean",))
    assert log.version(attempt.digest) == b"# WRONG\n"


def test_output_of_the_answer_can_do_nothing_to_the_terminal(kata: Run, course: Path) -> None:
    write(course, FIRST, "PRINT")
    done = kata("check")
    assert "epoch 0 [red]0.4[/red]" in done.stdout
    assert "\x1b" not in done.stdout


def test_all_done_says_so(kata: Run, course: Path) -> None:
    for stub in (FIRST, SECOND, THIRD):
        write(course, stub, "RIGHT")
    done = kata("check", "--all")
    assert done.returncode == 0
    assert "3 of 3 katas passed" in done.stdout
    assert "You have passed every kata of the course." in kata("next").stdout
    again = kata("check")
    assert again.returncode == 2
    assert "`kata check --all`" in again.stderr
