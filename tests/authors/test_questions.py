"""The course's questions: each lesson has some, each run shows what its right answer says."""

from pathlib import Path

import pytest

from dojo.authors import questions, scaffold
from dojo.course.catalog import Catalog, Lesson, load
from dojo.course.questions import FEWEST, FILE, MOST, RUNS, of_lesson

COURSE = load()
GOOD = """
[[question]]
id = "ID"
before = "first"
asks = "Which?"
right = "this"
because = "So it is."
wrong = [["that", "Look again."]]
"""


@pytest.mark.parametrize("lesson", COURSE.lessons, ids=lambda lesson: lesson.id)
def test_the_questions_of_a_lesson_hold(lesson: Lesson) -> None:
    (asked,) = questions.prove(COURSE, [lesson])
    assert asked.flaws == ()
    assert FEWEST <= asked.questions <= MOST


@pytest.fixture
def catalog(tmp_path: Path) -> Catalog:
    scaffold.create(tmp_path, "1.2.1", "first", "some_lesson")
    scaffold.create(tmp_path, "1.3.1", "second", "other_lesson")
    for folder, kata, names in (
        ("lesson_1_2_some_lesson", "first", "abcd"),
        ("lesson_1_3_other_lesson", "second", "efgd"),
    ):
        text = "".join(GOOD.replace("ID", name).replace("first", kata) for name in names)
        (tmp_path / "checks" / folder / FILE).write_text(text)
    return load(tmp_path)


def flaws(catalog: Catalog) -> list[str]:
    return [flaw for asked in questions.prove(catalog, [*catalog.lessons]) for flaw in asked.flaws]


def test_an_id_stands_in_one_lesson_only(catalog: Catalog) -> None:
    (flaw,) = flaws(catalog)
    assert flaw.endswith("questions.toml: 'd' is a question of lesson 1.2 as well")


@pytest.mark.parametrize(
    ("run", "said"),
    [
        ("def f(code): return Outcome(True, 'It was so.')", ""),
        ("def f(code): return Outcome(False, 'It was not.')", "shows something else. It was not."),
        ("def f(code): return Outcome(1 / 0, '')", "questions.py:2: ZeroDivisionError"),
        ("def f(code): return code.nothing.there", "questions.py:2: AttributeError"),
        ("def g(code): pass", "has no function 'f'"),
        ("{}['f']", "questions.py:2: KeyError"),
        ("def f(code: pass", "SyntaxError"),
        ("def f(code): return Outcome(code.mean_of_squares is not None, '')", ""),
    ],
)
def test_a_run_shows_what_the_right_answer_says(catalog: Catalog, run: str, said: str) -> None:
    folder = catalog.root / "checks/lesson_1_3_other_lesson"
    text = (folder / FILE).read_text().replace('"d"', '"h"\nrun = "f"\ncode = "first"')
    (folder / FILE).write_text(text)
    (folder / RUNS).write_text(f"from dojo.judge.outcome import Outcome\n{run}\n")
    found = flaws(catalog)
    assert [said in flaw for flaw in found] == ([True] if said else [])


def test_code_of_a_kata_that_is_not_there(catalog: Catalog) -> None:
    path = catalog.root / "checks/lesson_1_3_other_lesson" / FILE
    path.write_text(path.read_text().replace('"d"', '"h"\nrun = "f"\ncode = "nobody"'))
    assert "there is no kata 'nobody'" in flaws(catalog)[0]


def test_every_question_of_the_course_has_an_id_of_its_own() -> None:
    ids = [q.id for lesson in COURSE.lessons for q in of_lesson(lesson)]
    assert len(set(ids)) == len(ids) > 0
