"""Questions: what a file may say, what is right, and that each wrong answer has its reply."""

import itertools
from pathlib import Path

import pytest

from dojo.authors import scaffold
from dojo.course import questions
from dojo.course.catalog import CardError, load
from dojo.course.questions import Question, of_lesson

CHOICE = """
[[question]]
id = "which-one"
before = "second"
asks = "Which?"
right = "this"
because = "So it is."
wrong = [["that", "Look again."]]
"""
NUMBER = """
[[question]]
id = "how-many"
before = "first"
asks = "How many?"
number = "2*3"
within = 0.1
because = "Twice three."
wrong = [["2 + 3", "That is the sum."]]
other = "Twice three is asked."
"""
ORDER = """
[[question]]
id = "in-which-order"
before = "first"
asks = "In which order?"
order = ["one", "two", "three"]
because = "That is how it goes."
wrong = [["two", "One comes before two."], ["three", "Two comes before three."]]
"""
MORE = CHOICE.replace("which-one", "which-other")
ALL = CHOICE + NUMBER + ORDER + MORE


@pytest.fixture
def root(tmp_path: Path) -> Path:
    scaffold.create(tmp_path, "1.2.1", "first", "some_lesson")
    scaffold.create(tmp_path, "1.2.2", "second")
    return tmp_path


def read(root: Path, text: str) -> tuple[Question, ...]:
    (root / "checks/lesson_1_2_some_lesson" / questions.FILE).write_text(text)
    return of_lesson(load(root).lesson("1.2"))


def test_they_come_in_the_order_of_the_katas(root: Path) -> None:
    ids = [q.id for q in read(root, ALL)]
    assert ids == ["how-many", "in-which-order", "which-one", "which-other"]


def test_a_lesson_may_have_none(root: Path) -> None:
    assert of_lesson(load(root).lesson("1.2")) == ()


def test_a_choice_has_a_reply_for_each(root: Path) -> None:
    question = read(root, ALL)[2]
    assert question.choices == ("this", "that")
    assert question.is_right("this")
    assert not question.is_right("that")
    assert [question.reply(c) for c in question.choices] == ["So it is.", "Look again."]


@pytest.mark.parametrize(
    ("answer", "right", "reply"),
    [
        (6.0, True, "Twice three."),
        (6.09, True, "Twice three."),
        (6.2, False, "Twice three is asked."),
        (5.05, False, "That is the sum."),
        (-6.0, False, "Twice three is asked."),
    ],
)
def test_a_number_may_be_off_by_as_much_as_it_says(
    root: Path, answer: float, right: bool, reply: str
) -> None:
    question = read(root, ALL)[0]
    assert question.is_right(answer) is right
    assert question.reply(answer) == reply


def test_every_wrong_order_has_a_reply_that_is_true_of_it(root: Path) -> None:
    question = read(root, ALL)[1]
    for order in itertools.permutations(("one", "two", "three")):
        reply = question.reply(order)
        if order == ("one", "two", "three"):
            assert reply == "That is how it goes."
        elif order.index("two") < order.index("one"):
            assert reply == "One comes before two."
        else:
            assert reply == "Two comes before three."


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ('right = "this"', 'rihgt = "this"', "'rihgt' is no key of question 'which-one'"),
        ('before = "second"', 'before = "third"', "no kata of this lesson is called 'third'"),
        ('because = "So it is."\n', "", "question 'which-one' has no 'because'"),
        ("Look again.", "Look again", "must be a sentence"),
        ('["that", "Look again."]', '["this", "Look again."]', "stands among the wrong ones"),
        ('right = "this"\n', "", "either 'right', or 'number', or 'order'"),
        ('right = "this"', 'right = "this"\nnumber = "1"', "either 'right', or 'number'"),
        ('"2*3"', '"2*x"', "'2*x' is no number"),
        ('"2 + 3"', '"7 - 1"', "are the same number"),
        ('other = "Twice three is asked."\n', "", "a reply to any 'other' one"),
        ('["three", "Two', '["one", "Two', "each item but the first has a reply"),
        ('"one", "two", "three"]\n', '"one", "two", "two"]\n', "different items"),
        ('id = "how-many"', 'id = "which-one"', "called 'which-one' already"),
        ('id = "how-many"', 'id = "How many"', "the id of a question is written in kebab-case"),
        (MORE, "", "a lesson has 4 to 8 questions, and here are 3"),
        ('asks = "Which?"', "asks = Which?", "this is no TOML"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(root: Path, old: str, new: str, said: str) -> None:
    text = ALL.replace(old, new, 1)
    assert text != ALL
    with pytest.raises(CardError) as caught:
        read(root, text)
    assert said in str(caught.value)
    assert str(caught.value).startswith("checks/lesson_1_2_some_lesson/questions.toml:")


def test_a_flaw_is_told_at_the_line_of_its_question(root: Path) -> None:
    with pytest.raises(CardError) as caught:
        read(root, ALL.replace('before = "first"', 'before = "none"', 1))
    line = ALL.splitlines().index('before = "first"') + 1
    assert f"questions.toml:{line}: " in str(caught.value)
