"""Proving questions: read strictly, none is there twice, and each run shows what it should."""

import time
from collections.abc import Iterator
from dataclasses import dataclass

from dojo.course import questions
from dojo.course.card import shown
from dojo.course.catalog import CardError, Catalog, Kata, Lesson
from dojo.course.questions import FILE, RUNS, Question
from dojo.failure import JudgeError
from dojo.judge import happening

MOST_SECONDS = 3.0  # of a run


@dataclass(frozen=True)
class Asked:
    """What came of proving the questions of a lesson.

    Attributes:
        lesson: which.
        questions: how many it has.
        flaws: what is wrong with them.
    """

    lesson: Lesson
    questions: int
    flaws: tuple[str, ...]


def prove(catalog: Catalog, lessons: list[Lesson]) -> Iterator[Asked]:
    """Prove the questions of these lessons, one lesson after the other."""
    homes: dict[str, str] = {}
    for lesson in catalog.lessons:
        try:
            found = questions.of_lesson(lesson)
        except CardError as error:
            if lesson in lessons:
                yield Asked(lesson, 0, error.flaws)
            continue
        twins = (q.id for q in found if q.id in homes)
        flaws = [f"'{name}' is a question of lesson {homes[name]} as well" for name in twins]
        homes.update({q.id: lesson.id for q in found})
        if lesson in lessons:
            for question in found:
                flaws += _flaws_of_run(catalog, lesson, question)
            place = shown(lesson.katas[0].card_path.with_name(FILE), catalog.root)
            yield Asked(lesson, len(found), tuple(f"{place}: {flaw}" for flaw in flaws))


def _flaws_of_run(catalog: Catalog, lesson: Lesson, question: Question) -> Iterator[str]:
    """What is wrong with what is carried out for a question, on the solution and alternatives."""
    if not question.run:
        return
    code: Kata | None = None
    if question.code:
        code = next((k for k in catalog.katas if k.slug == question.code), None)
        if code is None:
            yield f"'{question.id}': there is no kata '{question.code}' whose code it could use"
            return
    import torch._dynamo  # noqa: F401  # of the first optimizer, and no run's own

    began = time.process_time()
    try:
        outcome = happening.on_ours(lesson.katas[0].card_path.with_name(RUNS), question.run, code)
    except JudgeError as error:
        yield f"'{question.id}': {error}"
        return
    if not _shows(question, outcome.shows):
        yield f"'{question.id}': the run shows something else. {outcome.words}"
    if time.process_time() - began > MOST_SECONDS:
        yield f"'{question.id}': its run takes more than {MOST_SECONDS:g} s"


def _shows(question: Question, shows: bool | float) -> bool:
    if question.form == "number":
        return not isinstance(shows, bool) and question.is_right(float(shows))
    return shows is True
