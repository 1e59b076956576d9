"""`kata next`, list, hint, show, solution and progress: what a learner reads on the way."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
FIRST = "katas/lesson_1_2_linear_regression/k1_mean_of_squares.py"
PROJECT = Path(__file__).resolve().parents[2]
PACK = 'name = "training-loop"\ntitle = "A course"\nversion = "1.0"\n'


def passed(kata: Run, course: Path, stub: str) -> None:
    (course / stub).write_text("# RIGHT\n")
    assert kata("check", stub).returncode == 0


def test_kata_alone_shows_help_that_begins_with_next(kata: Run) -> None:
    done = kata()
    assert done.returncode == 0
    commands = done.stdout.partition("Learn:")[2].split()
    assert commands[0] == "next"


def test_next_shows_the_task_the_file_the_checks_and_the_place(kata: Run) -> None:
    text = kata("next").stdout
    for piece in (
        "1.2.1  Mean of squares",
        "Return the mean of the squares of each column of a table.",
        FIRST,
        "one number for each column",
        "the mean of the squares",
        "1 of 2",
        "0 of 3",
        "kata check",
    ):
        assert piece in text


def test_next_tells_of_a_missing_stub(kata: Run, course: Path) -> None:
    (course / FIRST).unlink()
    assert "kata reset 1.2.1 brings it back" in kata("next").stdout


def test_next_goes_on_in_the_lesson_of_the_last_pass(kata: Run, course: Path) -> None:
    assert "1.2.1  Mean of squares" in kata("next").stdout
    passed(kata, course, FIRST)
    assert "1.2.2  Second mean" in kata("next").stdout
    passed(kata, course, "katas/lesson_2_3_from_scratch/k1_third_mean.py")
    assert "1.2.2  Second mean" in kata("next").stdout


def test_start_chooses_where_next_goes_on(kata: Run, course: Path) -> None:
    shown = kata("start", "2.3")
    assert shown.returncode == 0
    assert "2.3.1  Third mean" in shown.stdout
    assert kata("next").stdout == shown.stdout
    assert "kata start 1.2.1  goes back to what you left out" in shown.stdout
    passed(kata, course, "katas/lesson_2_3_from_scratch/k1_third_mean.py")
    again = kata("start", "third-mean").stdout
    assert again.startswith("You have passed 2.3.1; this is what comes after.")
    back = kata("start", "1.2.2").stdout
    assert "1.2.2  Second mean" in back
    assert "1.2.2  Second mean" in kata("hint").stdout
    assert kata("start", "9.9").returncode == 2


def test_next_shows_a_path_that_leads_there_from_here(kata: Run, course: Path) -> None:
    lesson = course / "katas/lesson_1_2_linear_regression"
    lines = kata("next", cwd=lesson).stdout.split()
    assert "k1_mean_of_squares.py" in lines


def test_hints_come_one_by_one_and_are_remembered(kata: Run) -> None:
    first, second, third, fourth = (kata("hint").stdout for _ in range(4))
    assert "Two things happen here" in first
    assert "Square every number" not in first
    assert "Square every number" in second
    assert "A mean along the first axis" not in second
    assert "A mean along the first axis" in third
    assert "That was the last hint" in third
    assert third == fourth
    assert "Square every number" in kata("show", "1.2.1").stdout
    assert "Square every number" not in kata("show", "1.2.2").stdout


def test_the_solution_waits_for_a_pass(kata: Run, course: Path) -> None:
    refused = kata("solution", "1.2.1")
    assert refused.returncode == 2
    assert "x.square()" not in refused.stdout + refused.stderr
    assert "x.square()" in kata("solution", "1.2.1", "--anyway").stdout
    passed(kata, course, FIRST)
    text = kata("solution", "1.2.1").stdout
    assert "return x.square().mean(dim=0)" in text
    assert "# --- yours" not in text


def test_the_solution_beside_your_own_file(kata: Run, course: Path) -> None:
    passed(kata, course, FIRST)
    text = kata("solution", "1.2.1", "--diff").stdout
    assert "- # RIGHT" in text
    assert "+     return x.square().mean(dim=0)" in text


def test_list_marks_done_now_and_tried(kata: Run, course: Path) -> None:
    passed(kata, course, FIRST)
    (course / "katas/lesson_2_3_from_scratch/k1_third_mean.py").write_text("# WRONG\n")
    kata("check", "2.3.1")
    rows = kata("list").stdout.splitlines()
    assert any(row.split()[:2] == ["✓", "1.2.1"] for row in rows)
    assert any(row.split()[:2] == ["›", "1.2.2"] for row in rows)
    assert any(row.split()[:2] == ["✗", "2.3.1"] for row in rows)
    assert "1.2.1" not in kata("list", "2.3").stdout


def test_progress_has_a_bar_for_each_lesson(kata: Run, course: Path) -> None:
    passed(kata, course, FIRST)
    text = kata("progress").stdout
    assert "Linear regression" in text
    assert "1/2" in text
    assert "0/1" in text
    assert "1/3" in text
    assert "1 attempt" in text
    assert "next       1.2.2  Second mean" in text


def test_an_untouched_stub_counts_as_no_attempt(kata: Run) -> None:
    kata("check", "--all")
    assert "attempt" not in kata("progress").stdout


def test_show_prints_the_lesson_and_the_briefs(kata: Run) -> None:
    text = kata("show", "1.2").stdout
    assert "# 1.2 Linear regression" in text
    assert "1.2.2  Second mean" in text
    assert "2.3.1" not in text
    assert kata("show", "9.9").returncode == 2


@pytest.mark.parametrize("command", [["next"], ["list"], ["hint"], ["progress"], ["--help"]])
def test_quick_commands_import_neither_torch_nor_pytest(
    command: list[str], course: Path, environment: dict[str, str]
) -> None:
    code = f"""
import json, sys
from pathlib import Path
sys.path.insert(0, {str(PROJECT)!r})
from dojo.course import catalog
catalog.content_root = lambda: Path({str(course)!r})
import kata
sys.argv = ["kata", *{command!r}]
try:
    kata.main()
except SystemExit as end:
    names = ("torch", "pytest", "numpy", "multiprocessing", "rich.markdown", "rich.syntax")
    print(json.dumps([end.code, [n for n in names if n in sys.modules]]))
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        cwd=course,
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert json.loads(done.stdout.splitlines()[-1]) == [0, []]


def test_lookback_before_the_first_check_and_after_it(kata: Run, course: Path) -> None:
    assert "You haven't checked any of its katas yet" in kata("lookback").stdout
    passed(kata, course, FIRST)
    text = kata("lookback", "1.2").stdout
    assert "Looking back on lesson 1.2" in text
    assert "No known mistake of your own was found" in text


def test_a_recap_says_so_and_its_text_ends_with_what_held_the_learner_up(
    kata: Run, course: Path
) -> None:
    pack = course / "pack.toml"
    given = pack.read_text() if pack.exists() else PACK
    pack.write_text('recaps = ["1.2"]\n' + given)
    assert "kata lookback 1  shows what held you up in this module" in kata("next").stdout
    assert "Looking back" not in kata("show", "1.2").stdout
    passed(kata, course, FIRST)
    assert "Looking back on module 1" in kata("show", "1.2").stdout
    assert "Looking back" not in kata("show", "2.3").stdout
