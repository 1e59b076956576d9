"""What happens: a question's run, on a learner's own code or on ours."""

from pathlib import Path
from typing import TYPE_CHECKING

from dojo.course.catalog import Catalog, Kata
from dojo.request import Request

if TYPE_CHECKING:
    from dojo.judge.outcome import Outcome


def on_ours(runs: Path, name: str, kata: Kata | None) -> "Outcome":
    """Carry out a run on the solution of a kata, or on nobody's code.

    Args:
        runs: the lesson's ``questions.py``.
        name: of the function in it.
        kata: whose functions it uses.

    Raises:
        JudgeError: it can't be carried out.
    """
    from dojo.judge.outcome import carry_out
    from dojo.suite.reference import reference_of

    return carry_out(runs, name, None if kata is None else reference_of(kata))


def on_ours_if_it_can(runs: Path, name: str, kata: Kata | None) -> "Outcome | None":
    """As `on_ours`; None where it can't be carried out, which `kata dev quiz` tells its author."""
    from dojo.failure import JudgeError

    try:
        return on_ours(runs, name, kata)
    except JudgeError:
        return None


def on_theirs(catalog: Catalog, runs: Path, name: str, request: Request) -> "Outcome | None":
    """Carry out a run on a learner's answer; None where that can't serve.

    Args:
        catalog: the katas.
        runs: the lesson's ``questions.py``.
        name: of the function in it.
        request: the learner's answer to the kata whose functions it uses.
    """
    from dojo.failure import Failed, JudgeError
    from dojo.judge.judge import Judge

    with Judge(catalog, optimizers=request.may_optimize) as judge:
        try:
            return judge.carry_out(runs, name, request)
        except (Failed, JudgeError):
            return None
