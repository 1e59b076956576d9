"""The questions of a lesson: `checks/lesson_…/questions.toml`, read strictly.

A question is asked before the kata whose idea it is. It has one of three forms: a choice of
several, a number, or an order. Each wrong answer has a reply that speaks to the thought behind it.
"""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from dojo.course import arithmetic, card, schema
from dojo.course.card import prose
from dojo.course.catalog import Catalog, Kata, Lesson
from dojo.course.schema import Field, Where, Wrong

FILE = "questions.toml"
RUNS = "questions.py"  # beside it: what is carried out where a question predicts a run
FEWEST, MOST = 4, 8  # questions of a lesson

Form = Literal["choice", "number", "order"]
Answer = str | float | tuple[str, ...]
"""What was chosen, the number, or the items in the order in which they were put."""


@dataclass(frozen=True)
class Question:
    """One question.

    Attributes:
        id: in kebab-case, unique in the pack; what was answered is kept by it.
        kata: the slug of the kata before which it is asked.
        asks: the question.
        form: what kind of answer it wants.
        right: the right answer.
        because: what is said after it.
        wrong: wrong choices, numbers as they are worked out, or items of an order; each with a
            reply. An item's is for an order in which it stands before its predecessor.
        other: the reply to any other number.
        within: how far a number may be off.
        run: a function of the lesson's `questions.py` that is carried out to show what happens.
        code: the slug of the kata whose functions that uses; empty for none.
    """

    id: str
    kata: str
    asks: str
    form: Form
    right: Answer
    because: str
    wrong: Mapping[str, str]
    other: str = ""
    within: float = 0.0
    run: str = ""
    code: str = ""

    @property
    def choices(self) -> tuple[str, ...]:
        """Everything that can be chosen, or put in order; the right one, or the right order, first.

        Nothing for a number.
        """
        match self.right:
            case str():
                return (self.right, *self.wrong)
            case tuple():
                return self.right
            case _:
                return ()

    def is_right(self, answer: Answer) -> bool:
        """Whether this is the right answer."""
        if isinstance(answer, float) and isinstance(self.right, float):
            return abs(answer - self.right) <= self.within + 1e-9 * abs(self.right)
        return answer == self.right

    def reply(self, answer: Answer) -> str:
        """What is said to an answer."""
        if self.is_right(answer):
            return self.because
        match answer:
            case float():
                return next((says for text, says in self._near(answer)), self.other)
            case tuple():
                return next(says for item, says in self.wrong.items() if self._early(item, answer))
            case _:
                return self.wrong[answer]

    def _near(self, answer: float) -> Iterator[tuple[str, str]]:
        for text, says in self.wrong.items():
            value = arithmetic.number(text)
            if abs(answer - value) <= max(self.within, 1e-9 * abs(value)):
                yield text, says

    def _early(self, item: str, answer: tuple[str, ...]) -> bool:
        right = self.right
        assert isinstance(right, tuple)
        before = right[right.index(item) - 1]
        return answer.index(item) < answer.index(before)


def of_lesson(lesson: Lesson) -> tuple[Question, ...]:
    """The questions of a lesson in the order of its katas; none where it has none.

    Raises:
        CardError: something is wrong with them.
    """
    first = lesson.katas[0]
    path = first.card_path.with_name(FILE)
    if not path.is_file():
        return ()
    slugs = [k.slug for k in lesson.katas]
    found = [q for q in _read(path, first.root) if q.kata in slugs]
    return tuple(sorted(found, key=lambda q: slugs.index(q.kata)))


def before(catalog: Catalog, kata: Kata) -> tuple[Question, ...]:
    """The questions that are asked before a kata.

    Raises:
        CardError: something is wrong with its lesson's.
    """
    return tuple(q for q in of_lesson(catalog.lesson(kata.lesson_id)) if q.kata == kata.slug)


def _read(path: Path, root: Path) -> Iterator[Question]:
    text = card.text_of(path, root)
    tables = card.parsed(path, root, text)
    slugs = [card.place_of(p, root).slug for p in sorted(path.parent.glob("k*.toml"))]
    card.refuse(path, root, text, [*flaws(tables, slugs)])
    return map(_question, tables["question"])


def flaws(tables: Mapping[str, Any], slugs: Sequence[str]) -> Iterator[Wrong]:
    """Everything that is wrong with the questions of a lesson.

    Args:
        tables: what the file holds.
        slugs: of the lesson's katas.
    """
    wrong = [*schema.table_flaws(tables, _QUESTIONS, (), "the file")]
    yield from wrong
    if wrong:
        return
    questions = tables["question"]
    if not FEWEST <= len(questions) <= MOST:
        words = f"a lesson has {FEWEST} to {MOST} questions, and here are {len(questions)}"
        yield Wrong((), words)
    seen: set[str] = set()
    for i, question in enumerate(questions):
        where = ("question", i)
        if question["id"] in seen:
            yield Wrong((*where, "id"), f"another question is called '{question['id']}' already")
        seen.add(question["id"])
        if question["before"] not in slugs:
            words = f"no kata of this lesson is called '{question['before']}'"
            yield Wrong((*where, "before"), words)
        yield from _flaws_of_form(question, where)


def _flaws_of_form(question: Mapping[str, Any], where: Where) -> Iterator[Wrong]:
    forms = [name for name in ("right", "number", "order") if name in question]
    if len(forms) != 1:
        yield Wrong(where, "a question has either 'right', or 'number', or 'order'")
        return
    said = [text for text, _ in question["wrong"]]
    here = (*where, "wrong")
    if len(set(said)) < len(said):
        yield Wrong(here, "the same wrong answer stands there twice")
    match forms[0]:
        case "right":
            if question["right"] in said:
                yield Wrong(here, "the right answer stands among the wrong ones")
            if not 1 <= len(said) <= MOST_CHOICES - 1:
                yield Wrong(here, f"there are 2 to {MOST_CHOICES} choices")
        case "number":
            yield from _flaws_of_number(question, where)
        case _:
            if said != question["order"][1:]:
                words = "each item but the first has a reply, for where it stands before the one "
                yield Wrong(here, f"{words}in front of it; in the right order")
            if not 3 <= len(set(question["order"])) == len(question["order"]) <= MOST_CHOICES:
                yield Wrong((*where, "order"), f"an order has 3 to {MOST_CHOICES} different items")


def _flaws_of_number(question: Mapping[str, Any], where: Where) -> Iterator[Wrong]:
    values: dict[str, float] = {}
    for text in (question["number"], *(text for text, _ in question["wrong"])):
        try:
            values[text] = arithmetic.number(text)
        except ValueError as error:
            yield Wrong(where, f"'{text}' is no number: {error}")
    within = question.get("within", 0.0)
    for one, two in itertools.combinations(values, 2):
        if abs(values[one] - values[two]) <= 2 * within + 1e-9 * abs(values[one]):
            yield Wrong((*where, "wrong"), f"'{one}' and '{two}' are the same number")
    if "other" not in question:
        yield Wrong(where, "a question for a number has a reply to any 'other' one")


def _question(table: Mapping[str, Any]) -> Question:
    form, right = _right(table)
    return Question(
        id=table["id"],
        kata=table["before"],
        asks=prose(table["asks"]),
        form=form,
        right=right,
        because=prose(table["because"]),
        wrong={text: prose(says) for text, says in table["wrong"]},
        other=prose(table.get("other", "")),
        within=float(table.get("within", 0.0)),
        run=table.get("run", ""),
        code=table.get("code", ""),
    )


def _right(table: Mapping[str, Any]) -> tuple[Form, Answer]:
    if "number" in table:
        return "number", arithmetic.number(table["number"])
    if "order" in table:
        return "order", tuple(table["order"])
    return "choice", table["right"]


def _pairs(value: Any, where: Where) -> Iterator[Wrong]:
    if not isinstance(value, list) or not value:
        yield Wrong(where, "'wrong' is a list of pairs: a wrong answer, and the reply to it")
        return
    for i, pair in enumerate(value):
        if not isinstance(pair, list) or [type(part) for part in pair] != [str, str]:
            yield Wrong((*where, i), f"wrong answer {i + 1} is no pair of texts")
        else:
            yield from schema.a_sentence(pair[1], (*where, i))


def _items(value: Any, where: Where) -> Iterator[Wrong]:
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        yield Wrong(where, "'order' is a list of texts in the right order")


def _off(value: Any, where: Where) -> Iterator[Wrong]:
    if type(value) not in (int, float) or value < 0:
        yield Wrong(where, "'within' is a number, 0 or more")


MOST_CHOICES = 9  # a key each
_QUESTION = (
    Field("id", schema.an_id("a question", "why-zero")),
    Field("before", schema.a_text),
    Field("asks", schema.a_text),
    Field("right", schema.a_text, required=False),
    Field("number", schema.a_text, required=False),
    Field("within", _off, required=False),
    Field("order", _items, required=False),
    Field("because", schema.a_sentence),
    Field("wrong", _pairs),
    Field("other", schema.a_sentence, required=False),
    Field("run", schema.a_text, required=False),
    Field("code", schema.a_text, required=False),
)
_QUESTIONS = (Field("question", schema.each(_QUESTION, "question")),)
