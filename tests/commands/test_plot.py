"""`kata plot`: what it draws, where, and the one sentence when there is nothing to draw."""

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from dojo.pictures import GradientBars
from dojo.screens.plots.choice import worth_drawing
from dojo.verdict import CheckResult, Verdict

RUN = Callable[..., subprocess.CompletedProcess[str]]
PROJECT = Path(__file__).parents[2]
STUB = "katas/lesson_1_2_linear_regression/k1_mean_of_squares.py"
SUITE = "checks/lesson_1_2_linear_regression/test_k1_mean_of_squares.py"
CARD = "checks/lesson_1_2_linear_regression/k1_mean_of_squares.toml"


@pytest.fixture
def drawing(course: Path) -> Path:
    """The course, where the suite of 1.2.1 draws and the answer is wrong."""
    card = (course / CARD).read_text()
    (course / CARD).write_text(card.replace("minutes = 5\n", "minutes = 5\npictures = true\n"))
    (course / STUB).write_text("# WRONG PICTURE\n")
    return course


def refused(done: subprocess.CompletedProcess[str]) -> str:
    """The sentence on stderr of a command that could not do what was asked."""
    assert (done.returncode, done.stdout) == (2, "")
    assert done.stderr.count("\n") == 1
    return done.stderr.strip()


def test_of_one_kind_it_draws_what_failed_and_else_the_last() -> None:
    def bars(check: str, *names: str) -> GradientBars:
        return replace(GradientBars.of({n: ([1.0], [2.0]) for n in names}), check=check)

    checks = tuple(
        CheckResult(name, name, "gradients", outcome)
        for name, outcome in (("a", "passed"), ("b", "failed"), ("c", "passed"), ("d", "passed"))
    )
    pictures = (bars("a", "w"), bars("b", "w"), bars("c", "w"), bars("a", "v"), bars("d", "v"))
    verdict = Verdict("1.2.1", "fail", "", 1, "full", checks, pictures=pictures)
    assert [p.check for p in worth_drawing(verdict)] == ["b", "d"]


def test_it_draws_in_the_terminal(kata: RUN, drawing: Path) -> None:
    done = kata("plot", "1.2.1")
    assert (done.returncode, done.stderr) == (0, "")
    assert "1.2.1  Mean of squares" in done.stdout
    assert "the loss at each epoch" in done.stdout
    assert "━ your loss   · the reference" in done.stdout
    assert "✗ It fails at values: the mean of the squares." in done.stdout
    assert "kata check 1.2.1 --seed 4127" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_without_a_selector_it_is_the_next_kata(kata: RUN, drawing: Path) -> None:
    assert "1.2.1  Mean of squares" in kata("plot").stdout


def test_a_pass_is_told_and_not_recorded(kata: RUN, drawing: Path) -> None:
    (drawing / STUB).write_text("# RIGHT PICTURE\n")
    before = {p: p.stat().st_mtime_ns for p in drawing.rglob("*")}
    assert "✓ It passes." in kata("plot", "1.2.1").stdout
    assert {p: p.stat().st_mtime_ns for p in drawing.rglob("*")} == before
    assert "1.2.1  Mean of squares" in kata("next").stdout


def test_a_seed_is_repeated(kata: RUN, drawing: Path) -> None:
    assert "--seed 77" in kata("plot", "1.2.1", "--seed", "77").stdout
    assert kata("plot", "1.2.1", "--seed", "-1").returncode == 2


@pytest.mark.parametrize(("name", "begins"), [("p.png", b"\x89PNG"), ("P.SVG", b"<?xml")])
def test_it_draws_into_a_file(kata: RUN, drawing: Path, name: str, begins: bytes) -> None:
    done = kata("plot", "1.2.1", "--save", name)
    assert (done.returncode, done.stderr) == (0, "")
    assert f"saved {name}" in done.stdout
    assert (drawing / name).read_bytes().startswith(begins)
    assert "━" not in done.stdout


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("p.pdf", "A picture is saved as .png or .svg, not as .pdf."),
        ("picture", "A picture is saved as .png or .svg: let its name end so."),
        ("nowhere/p.png", "There is no folder nowhere to save into."),
        ("folder.png", "folder.png is a folder: name a file."),
    ],
)
def test_where_nothing_can_be_saved_nothing_is_judged(
    kata: RUN, drawing: Path, name: str, words: str
) -> None:
    (drawing / "folder.png").mkdir()
    assert refused(kata("plot", "1.2.1", "--save", name)) == words
    assert not (drawing.parent / "closed").exists()


@pytest.mark.skipif(os.name != "posix" or os.geteuid() == 0, reason="root may write everywhere")
def test_a_file_that_is_protected_is_told(kata: RUN, drawing: Path) -> None:
    (drawing / "p.png").touch(mode=0o400)
    words = refused(kata("plot", "1.2.1", "--save", "p.png"))
    assert words == "p.png can't be written: permission denied."


def test_a_full_disk_is_told(kata: RUN, drawing: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("needs /dev/full")
    (drawing / "p.png").symlink_to("/dev/full")
    words = refused(kata("plot", "1.2.1", "--save", "p.png"))
    assert words == "p.png can't be written: no space left on device."


def test_a_kata_without_a_picture_says_which_have_one(kata: RUN, drawing: Path) -> None:
    words = refused(kata("plot", "1.2.2"))
    assert words == "Kata 1.2.2 has no picture. In its lesson these have one: 1.2.1."
    assert refused(kata("plot", "2.3.1")) == "Kata 2.3.1 has no picture."
    assert not (drawing.parent / "closed").exists()


def test_an_untouched_stub_has_nothing_to_draw(kata: RUN, drawing: Path) -> None:
    kata("reset", "1.2.1")
    words = refused(kata("plot", "1.2.1"))
    assert words == f"There is nothing to draw yet: {STUB} is still the stub."


def test_an_answer_that_fails_before_says_where(kata: RUN, drawing: Path) -> None:
    (drawing / STUB).write_text("# WRONG\n")
    words = refused(kata("plot", "1.2.1"))
    assert words == (
        "There is nothing to draw yet: the answer fails before, at values: the mean of the "
        "squares. `kata check 1.2.1` says why."
    )


def test_a_stub_that_is_gone_is_told(kata: RUN, drawing: Path) -> None:
    (drawing / STUB).unlink()
    assert "is missing" in refused(kata("plot", "1.2.1"))


def test_several_katas_are_refused(kata: RUN, drawing: Path) -> None:
    assert "means 2 katas" in refused(kata("plot", "1.2"))


def test_what_could_not_be_judged_is_our_fault(kata: RUN, drawing: Path) -> None:
    (drawing / STUB).write_text("# UNJUDGED PICTURE\n")
    done = kata("plot", "1.2.1")
    assert done.returncode == 3
    assert "The learner process could not be started." in done.stdout
    assert "your loss" not in done.stdout


def test_a_poor_terminal_gets_plain_characters(kata: RUN, drawing: Path) -> None:
    done = kata("plot", "1.2.1", env={"PYTHONIOENCODING": "ascii"})
    assert "* your loss   . the reference" in done.stdout
    done.stdout.encode("ascii")
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_colour_is_for_those_who_want_it(kata: RUN, drawing: Path) -> None:
    wanted = {"FORCE_COLOR": "1", "TERM": "xterm-256color"}
    assert "\x1b[" in kata("plot", "1.2.1", env=wanted).stdout
    plain = kata("plot", "1.2.1", env={**wanted, "NO_COLOR": "1"}).stdout
    assert not any(f"\x1b[{n}m" in plain for n in range(30, 38))
    assert "38;5" not in plain
    assert "\x1b" not in kata("plot", "1.2.1").stdout


@pytest.mark.parametrize(
    "command", [["next"], ["list"], ["hint"], ["progress"], ["check", "1.2.1"], ["--help"]]
)
def test_other_commands_load_no_plotter(
    command: list[str], drawing: Path, environment: dict[str, str]
) -> None:
    code = f"""
import json, runpy, sys
sys.argv = ["fake_kata.py", {str(drawing)!r}, *{command!r}]
try:
    runpy.run_path({str(Path(__file__).with_name("fake_kata.py"))!r}, run_name="__main__")
except SystemExit:
    names = ("plotext", "matplotlib", "dojo.screens.plots.scales")
    print(json.dumps([n for n in names if n in sys.modules]))
"""
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=drawing, env=environment, capture_output=True, text=True
    )
    loaded = json.loads(done.stdout.splitlines()[-1])
    assert loaded == (["dojo.screens.plots.scales"] if command[0] == "check" else [])


def test_the_real_judge_draws_the_learners_own_run(
    course: Path, environment: dict[str, str]
) -> None:
    card = (course / CARD).read_text()
    (course / CARD).write_text(card.replace("minutes = 5\n", "minutes = 5\npictures = true\n"))
    suite = (course / SUITE).read_text().replace("import Gen,", "import LossCurve, draw, Gen,")
    asked = 'close(learner.mean_of_squares(x), (x * x).sum(dim=0) / n, "the result")'
    assert asked in suite
    (course / SUITE).write_text(
        suite.replace(
            asked,
            "got = learner.mean_of_squares(x)\n"
            "        draw(learner, LossCurve.of(got, 5 * got, goal=0.0625))\n"
            f"        {asked.replace('learner.mean_of_squares(x)', 'got')}",
        )
    )
    stub = (course / STUB).read_text().partition("    # Your code here.")[0]
    (course / STUB).write_text(stub + "    return x.square().sum(dim=0)\n")
    runner = Path(__file__).with_name("real_kata.py")

    def plot(*more: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, str(runner), str(course), "plot", "1.2.1", *more],
            cwd=course,
            env=environment,
            capture_output=True,
            text=True,
        )

    shown = plot()
    assert (shown.returncode, shown.stderr) == (0, "")
    assert "the goal: below 0.0625" in shown.stdout
    assert "It fails at values: the mean of the squares." in shown.stdout
    saved = plot("--save", "p.svg")
    assert (saved.returncode, saved.stderr) == (0, "")
    assert "the goal: below 0.0625" in (course / "p.svg").read_text(encoding="utf-8")
