"""Where to go on, and what the old numbers mean."""

from datetime import UTC, datetime

import pytest

from dojo.authors import scaffold
from dojo.course.catalog import Catalog, load
from dojo.desk.progress import Attempt, Place, Progress, Standing

DONE = Standing(tried=1, passed=True)


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Catalog:
    """Lessons 1.2, 2.3 and 3.1 of three, two and one kata; each slug is its number in letters."""
    root = tmp_path_factory.mktemp("course")
    for kata_id, lesson in (
        ("1.2.1", "a"),
        ("1.2.2", None),
        ("1.2.3", None),
        ("2.3.1", "b"),
        ("2.3.2", None),
        ("3.1.1", "c"),
    ):
        scaffold.create(root, kata_id, slug(kata_id), lesson)
    return load(root)


def slug(kata_id: str) -> str:
    return "k-" + kata_id.replace(".", "-")


def progress(*done: str, at: str | None = None, chosen: bool = False) -> Progress:
    """The progress of someone who passed these katas, the last one last."""
    place = at or (done[-1] if done else None)
    return Progress(
        {slug(k): DONE for k in done}, Place(slug(place), chosen) if place is not None else None
    )


@pytest.mark.parametrize(
    ("done", "following", "left_out"),
    [
        ("", "1.2.1", None),
        ("1.2.1", "1.2.2", None),
        ("1.2.1 1.2.2 1.2.3", "2.3.1", None),
        ("2.3.1", "2.3.2", "1.2.1"),  # who began in the middle stays there
        ("2.3.1 2.3.2", "3.1.1", "1.2.1"),  # the next lesson, and not back to the start
        ("1.2.2", "1.2.3", "1.2.1"),
        ("1.2.2 1.2.3", "1.2.1", None),  # what was left out of a lesson comes before the next
        ("3.1.1", "1.2.1", None),
        ("2.3.1 2.3.2 3.1.1", "1.2.1", None),
        ("9.9.9", "1.2.1", None),  # a kata that was taken out of the course
        ("1.2.1 1.2.2 1.2.3 2.3.1 2.3.2 3.1.1", None, None),
    ],
)
def test_next_goes_on_from_the_last_pass(
    course: Catalog, done: str, following: str | None, left_out: str | None
) -> None:
    mine = progress(*done.split())
    kata, left = mine.next_kata(course), mine.left_out(course)
    assert (kata.id if kata else None, left.id if left else None) == (following, left_out)


@pytest.mark.parametrize(
    ("done", "chosen", "following"),
    [
        ("", "2.3.2", "2.3.2"),
        ("2.3.2", "2.3.2", "3.1.1"),
        ("1.2.1", "1.2.1", "1.2.2"),
        ("2.3.1", "1.2.3", "1.2.3"),
    ],
)
def test_next_goes_on_from_what_was_chosen(
    course: Catalog, done: str, chosen: str, following: str
) -> None:
    kata = progress(*done.split(), at=chosen, chosen=True).next_kata(course)
    assert kata is not None
    assert kata.id == following


def test_a_pass_moves_the_place_and_a_fail_does_not(course: Catalog) -> None:
    when = datetime(2025, 1, 1, tzinfo=UTC)
    failed = Attempt(slug("2.3.1"), when, "0" * 64, "fail", 0)
    passed = Attempt(slug("1.2.1"), when, "0" * 64, "pass", 0)
    before = progress().with_attempt(failed)
    assert before.next_kata(course) == course.kata("1.2.1")
    assert before.with_attempt(passed).next_kata(course) == course.kata("1.2.2")
    assert before.started_at(course.kata("3.1.1")).next_kata(course) == course.kata("3.1.1")
