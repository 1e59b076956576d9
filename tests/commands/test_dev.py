"""`kata dev`: a new kata is honest from the first minute, and stubs are derived with a backup."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from dojo.authors import scaffold
from dojo.authors.proof import prove
from dojo.course.catalog import load
from dojo.course.derive import stub_text
from dojo.errors import UsageError
from dojo.judge.judge import Judge

Run = Callable[..., subprocess.CompletedProcess[str]]
FIRST = "katas/lesson_1_2_linear_regression/k1_mean_of_squares.py"


def test_new_makes_a_kata_that_the_catalog_knows(kata: Run, course: Path) -> None:
    done = kata("dev", "new", "1.2.3", "some-slug")
    assert done.returncode == 0
    assert done.stdout.count("wrote ") == 6
    made = load(course).kata("1.2.3")
    assert made.slug == "some-slug"
    assert len(made.alternative_paths) == 2
    assert len(made.mistakes()) == 4
    assert (course / "katas" / made.stub_name).read_text() == stub_text(made)


def test_a_new_kata_is_honest(course: Path, judge: Judge) -> None:
    assert prove(load(course).kata("1.2.1"), judge, range(2)).problems == ()


@pytest.mark.parametrize(
    ("kata_id", "slug", "lesson", "words"),
    [
        ("1.2", "slug", None, "no id of a kata"),
        ("1.2.3", "Some Slug", None, "no slug"),
        ("1.2.1", "other", None, "is taken by"),
        ("4.1.1", "slug", None, "There is no lesson 4.1 yet"),
        ("4.1.1", "slug", "../out", "no folder's name"),
    ],
)
def test_new_refuses_what_would_not_fit(
    course: Path, kata_id: str, slug: str, lesson: str | None, words: str
) -> None:
    before = sorted(course.rglob("*"))
    with pytest.raises(UsageError, match=words):
        scaffold.create(course, kata_id, slug, lesson)
    assert sorted(course.rglob("*")) == before


def test_new_works_in_a_checkout_only(kata: Run, course: Path) -> None:
    (course / "pyproject.toml").unlink()
    done = kata("dev", "new", "1.2.3", "some-slug", cwd=course)
    assert done.returncode == 2
    assert "in a checkout of their pack" in done.stderr


def test_a_bad_card_is_left_out_for_learners_and_stops_authors(kata: Run, course: Path) -> None:
    card = course / "checks/lesson_1_2_linear_regression/k1_mean_of_squares.toml"
    card.write_text(card.read_text().replace("minutes = 5", 'minutes = "five"'))
    flaw = "k1_mean_of_squares.toml:3: 'minutes' is a whole number from 1 to 60"
    learner = kata("list")
    assert learner.returncode == 0
    assert "A kata is left out" in learner.stderr
    assert flaw in learner.stderr
    assert "1.2.2" in learner.stdout
    assert "1.2.1" not in learner.stdout
    author = kata("dev", "check", "1.2.2")
    assert author.returncode == 2
    assert flaw in author.stderr
    assert author.stdout == ""


def test_a_bad_mistake_stops_authors_alone(kata: Run, course: Path) -> None:
    card = course / "checks/lesson_1_2_linear_regression/k1_mean_of_squares.toml"
    card.write_text(card.read_text().replace('says = "A mean', 'sais = "A mean'))
    learner = kata("list")
    assert (learner.returncode, learner.stderr) == (0, "")
    author = kata("dev", "mutate", "1.2.2")
    assert author.returncode == 2
    assert "'sais' is no key of mistake 'sum-for-mean'; the nearest is 'says'" in author.stderr


def test_a_broken_suite_is_told_with_its_line_and_exit_code_2(kata: Run, course: Path) -> None:
    name = "checks/lesson_1_2_linear_regression/test_k1_mean_of_squares.py"
    text = (course / name).read_text(encoding="utf-8")
    (course / name).write_text(f"{text}\n\ndef test_more(:\n", encoding="utf-8")
    line = (course / name).read_text(encoding="utf-8").count("\n")
    done = kata("dev", "check", "1.2.1")
    assert done.returncode == 2
    assert f"{name}:{line}: Python" in " ".join(done.stdout.split())
    tried = kata("dev", "try", "1.2.1", "sum-for-mean")
    assert tried.returncode == 2
    assert f"{name}:{line}: Python can't read this" in tried.stderr


def test_only_names_the_nearest_mistake(kata: Run) -> None:
    done = kata("dev", "check", "1.2.1", "--only", "sum-for-men")
    assert done.returncode == 2
    assert "The nearest is 'sum-for-mean'." in done.stderr


def test_move_says_what_it_moved(kata: Run, course: Path) -> None:
    done = kata("dev", "move", "1.2.2", "1.2.1")
    assert done.returncode == 0
    assert "moved 1.2.2 to 1.2.1  second-mean" in done.stdout
    assert "moved 1.2.1 to 1.2.2  mean-of-squares" in done.stdout
    assert load(course).kata("1.2.1").slug == "second-mean"
