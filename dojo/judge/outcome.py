"""What happens when it is carried out: the runs of a lesson's questions (`questions.py`)."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dojo.errors import place_in
from dojo.failure import Failed, JudgeError
from dojo.pictures import Picture
from dojo.suite.attempt import one_thread_and_float64


@dataclass(frozen=True)
class Outcome:
    """What came of a run.

    Attributes:
        shows: whether it went as the right answer says; for a number, the number.
        words: what was seen, with its numbers; a sentence or two.
        picture: of it.
    """

    shows: bool | float
    words: str
    picture: Picture | None = None


def run_of(path: Path, name: str) -> Callable[[Any], Outcome]:
    """A run by its name.

    Args:
        path: the lesson's ``questions.py``.
        name: of the function. It is called with the functions of a kata, a solution's module or
            a learner's, or with None where the question names none.

    Raises:
        JudgeError: there is none, or the file is broken.
    """
    space: dict[str, Any] = {"__name__": f"questions of {path.parent.name}"}
    try:
        exec(compile(path.read_bytes(), str(path), "exec", dont_inherit=True), space)
    except Exception as error:
        place = f"{path.name}:{place_in(path, error) or 1}"
        raise JudgeError(f"{place}: {type(error).__name__}: {error}") from None
    run: Callable[[Any], Outcome] | None = space.get(name)
    if run is None:
        raise JudgeError(f"{path.name} has no function '{name}'")
    return run


def carry_out(path: Path, name: str, code: object) -> Outcome:
    """Carry out a run.

    Args:
        path, name: as for `run_of`.
        code: what it is called with.

    Raises:
        Failed: a learner's code can't serve.
        JudgeError: it can't be carried out.
    """
    run = run_of(path, name)
    try:
        with one_thread_and_float64():
            return run(code)
    except (Failed, JudgeError):
        raise
    except Exception as error:
        place = f"{path.name}:{place_in(path, error) or 1}"
        raise JudgeError(f"{place}: {type(error).__name__}: {error}") from error
