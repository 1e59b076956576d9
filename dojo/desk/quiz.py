"""Questions: which are asked now, and writing down how they were answered."""

from collections.abc import Sequence

from dojo.course import questions
from dojo.course.catalog import CardError, Catalog, Kata
from dojo.course.questions import Answer, Question
from dojo.desk.desk import Desk, Save
from dojo.desk.progress import Progress


def waiting(desk: Desk, katas: Sequence[Kata], again: bool = False) -> tuple[Question, ...]:
    """The questions that are asked before these katas and weren't answered rightly yet.

    Args:
        desk: the learner's.
        katas: in course order.
        again: those that were, too.

    Raises:
        CardError: something is wrong with a lesson's questions.
    """
    slugs = {k.slug for k in katas}
    lessons = [x for x in desk.catalog.lessons if any(k.slug in slugs for k in x.katas)]
    found = (q for lesson in lessons for q in questions.of_lesson(lesson) if q.kata in slugs)
    return tuple(q for q in found if again or not desk.progress.answers.get(q.id))


def ids_before(catalog: Catalog, kata: Kata | None) -> tuple[str, ...]:
    """Ids of the questions before a kata; none where there is none, or a file is damaged."""
    if kata is None:
        return ()
    try:
        return tuple(q.id for q in questions.before(catalog, kata))
    except CardError:
        return ()  # told by `kata quiz`


def answered(
    desk: Desk, progress: Progress, question: Question, answer: Answer, save: Save
) -> Progress:
    """The progress after the first answer to a question, which is written down."""
    right = question.is_right(answer)
    given = " | ".join(answer) if isinstance(answer, tuple) else str(answer)
    save(lambda: desk.log.add_answer(question.id, given, right))
    return progress.with_answer(question.id, right)
