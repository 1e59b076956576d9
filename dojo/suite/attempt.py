"""One check carried out in one conversation, and what came of it."""

import contextlib
import time
import zlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import pytest
import torch

from dojo.course.catalog import Kata
from dojo.errors import place_in
from dojo.failure import Failed, JudgeError
from dojo.pictures import Picture
from dojo.suite.compare import Comparison, compared, set_single
from dojo.suite.proxy import Learner
from dojo.suite.reference import reference_of
from dojo.suite.vocabulary import Gen
from dojo.verdict import CheckResult, Finding, Kind, Outcome
from dojo.wall.conversation import Conversation
from dojo.wall.dtypes import Dtypes


@dataclass(frozen=True)
class Task:
    """What is to be carried out.

    Attributes:
        name: of the check.
        title: the row that the learner sees.
        kind: what it is about.
        test: its function.
        wants: names of its parameters (learner, gen, reference).
    """

    name: str
    title: str
    kind: Kind
    test: Callable[..., None]
    wants: frozenset[str]


@dataclass
class CheckRun:
    """A check that was carried out: its outcome and everything that diagnosis may want."""

    name: str
    title: str
    kind: Kind
    outcome: Outcome = "passed"
    failed: Failed | None = None
    error: str = ""
    advice: tuple[Finding, ...] = ()
    seconds: float = 0.0
    conversation: Conversation | None = None
    pictures: tuple[Picture, ...] = ()
    used: bool = False  # its learner process had served another check before
    compared: Sequence[Comparison] = ()  # the latest numbers that its suite compared
    stopped: BaseException | None = None  # by which the suite itself was stopped
    again: "Callable[[Dtypes], CheckRun] | None" = None  # the same once more, in other dtypes

    def result(self, finding: Finding | None) -> CheckResult:
        """The check as the verdict shows it."""
        return CheckResult(
            self.name, self.title, self.kind, self.outcome, finding, self.advice, self.seconds
        )


@contextlib.contextmanager
def one_thread_and_float64() -> Iterator[None]:
    """What suites and their pictures are written for: float64 as default, and one thread."""
    # Suites write torch.tensor([1.0, 2.0]) and mean float64, as the learner process does.
    before, threads = torch.get_default_dtype(), torch.get_num_threads()
    torch.set_default_dtype(torch.float64)
    if threads != 1:  # setting it takes longer than a small check
        torch.set_num_threads(1)
    try:
        yield
    finally:
        torch.set_default_dtype(before)
        if threads != 1:
            torch.set_num_threads(threads)


@one_thread_and_float64()
def attempt(task: Task, talk: Conversation, kata: Kata, seed: int) -> CheckRun:
    """Carry out a check in a conversation that has not begun.

    Raises:
        JudgeError: nothing can be judged.
    """
    check = CheckRun(task.name, task.title, task.kind, conversation=talk)
    offered: dict[str, Any] = {"learner": Learner(talk), "gen": Gen(seed_of(seed, task.name))}
    if "reference" in task.wants:
        offered["reference"] = reference_of(kata)
    set_single(talk.dtypes.single)
    started = time.perf_counter()
    try:
        task.test(**{k: v for k, v in offered.items() if k in task.wants})
    except Failed as failed:
        check.outcome, check.failed = "failed", failed
    except (AssertionError, pytest.fail.Exception) as error:
        message = str(error).partition("\n")[0] or "This check does not hold."
        check.outcome, check.failed = "failed", Failed(Finding(message))
    except JudgeError:
        raise
    except (Exception, pytest.skip.Exception) as error:
        check.outcome, check.stopped = "error", error
        suite = kata.suite_path
        place = f"{suite.name}:{place_in(suite, error) or 1}"
        check.error = f"{place}: the check stopped with {type(error).__name__}: {error}"
    finally:
        check.seconds = time.perf_counter() - started
        check.compared = compared()
        set_single(False)
    return check


def seed_of(seed: int, check: str) -> int:
    """The seed of one check's inputs: other than its neighbours', the same for the same run."""
    return zlib.crc32(f"{seed}:{check}".encode())
