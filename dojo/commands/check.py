"""`kata check`: from selectors to verdicts, a report, the log, and an exit code."""

import os
import sys
import warnings
from collections.abc import Callable, Generator, Iterator, Sequence
from contextlib import closing, contextmanager
from functools import partial
from typing import TYPE_CHECKING

from dojo.commands import warm
from dojo.commands.desk import save, telling
from dojo.commands.warm import Wish
from dojo.course.catalog import Catalog, Kata
from dojo.desk.desk import Desk
from dojo.desk.onward import onward
from dojo.desk.progress import Progress
from dojo.desk.record import record
from dojo.desk.subject import Refusal, Subject, subject_of
from dojo.errors import UsageError, not_installed
from dojo.request import Request
from dojo.screens.formats import FORMATS
from dojo.screens.report import Report
from dojo.screens.text import say_error
from dojo.verdict import Verdict

if TYPE_CHECKING:
    from dojo.judge.judge import Judge
    from dojo.warm.client import Asked

PASSED, FAILED, REFUSED, OUR_FAULT = 0, 1, 2, 3
SECONDS = 0.4  # about what one judgement takes, warm


def check(desk: Desk, wish: Wish) -> int:
    """Judge what was asked for, report and record it; returns the exit code.

    Raises:
        UsageError: nothing of it can be judged.
    """
    katas = _katas(desk, wish)
    subjects = [subject_of(desk, kata, wish.file) for kata in katas]
    if len(subjects) == 1 and isinstance(subjects[0], Refusal):
        if wish.format == "text":
            raise UsageError(subjects[0].message)
        say_error(subjects[0].message)  # a program gets its document all the same
    requests = [s.request(wish.seed, wish.strict) for s in subjects if isinstance(s, Subject)]
    asked = warm.ask_first(desk.catalog, wish, requests)  # it works while a screen is made ready
    teller = telling(desk) if wish.file is None else None
    if teller is not None:
        teller.connect()
    with _report(desk, wish, katas) as report:
        judging = verdicts_of(desk, wish, requests, report, asked)
        verdicts, progress = _judge(desk, wish, subjects, report, judging)
        report.finish(onward(desk, progress, katas[-1], wish.strict))
    if teller is not None:
        judged = [s for s in subjects if isinstance(s, Subject)]
        teller.checked([*zip(judged, verdicts, strict=False)], show=wish.format == "text")
    if any(v.status != "not judged" for v in verdicts):
        warm.stay_warm(desk.catalog, wish)
    if any(v.status == "not judged" for v in verdicts):
        return OUR_FAULT
    if len(verdicts) < len(subjects):
        return REFUSED
    return PASSED if all(v.passed for v in verdicts) else FAILED


def open_judge(catalog: Catalog, optimizers: bool = True) -> "Judge":
    """The judge; everything heavy is loaded from here on.

    Args:
        catalog: the katas.
        optimizers: what is judged may use torch.optim, whose first use is slow unless preloaded.

    Raises:
        UsageError: PyTorch or pytest is not installed.
    """
    try:
        from dojo.judge.judge import Judge
    except ModuleNotFoundError as error:
        raise not_installed(error) from None
    return Judge(catalog, optimizers=optimizers)


def _katas(desk: Desk, wish: Wish) -> tuple[Kata, ...]:
    if wish.file is not None:
        if wish.everything or len(wish.selectors) != 1:
            raise UsageError(
                "--file needs the one kata that it answers: `kata check 2.3.1 --file answer.py`."
            )
        return (desk.select_one(wish.selectors[0]),)
    if wish.everything:
        return desk.catalog.katas
    if wish.selectors:
        return desk.select(wish.selectors)
    return (desk.select_one(None),)


def _judge(
    desk: Desk,
    wish: Wish,
    subjects: Sequence[Subject | Refusal],
    report: Report,
    judging: Generator[Verdict],
) -> tuple[list[Verdict], Progress]:
    """The verdicts, and the progress with them; a file named with ``--file`` is no attempt."""
    verdicts: list[Verdict] = []
    progress = desk.progress
    able = True

    def save_if_able(action: Callable[[], None]) -> None:  # says once that nothing can be saved
        nonlocal able
        able = able and save(action)

    with closing(judging) as judged:
        for subject in subjects:
            if isinstance(subject, Refusal):
                report.refused(subject)
                continue
            verdict = next(judged)
            verdicts.append(verdict)
            if wish.file is None:
                progress = record(desk, progress, subject, verdict, save_if_able)
            report.judged(subject, verdict)
    return verdicts, progress


def verdicts_of(
    desk: Desk,
    wish: Wish,
    requests: Sequence[Request],
    report: Report,
    asked: "Asked | None" = None,
) -> Generator[Verdict]:
    """The verdict on each request, in order; the judge is opened when the first is asked for.

    Args:
        asked: the first one, where the judge in the background has it already.
    """
    left = list(requests)
    for verdict in warm.verdicts(desk.catalog, wish, requests, report, asked):
        del left[0]
        yield verdict
    if not left:
        return

    from dojo.warm.lanes import judged, side_by_side

    def begin(index: int) -> Callable[["Judge"], Verdict]:
        report.judging(left[index].kata)
        return partial(jobs[index], on_check=report.check_ended)

    jobs = [partial(judged, request=request) for request in left]
    report.judging(left[0].kata)
    optimizers = any(request.may_optimize for request in left)
    with warnings.catch_warnings(), open_judge(desk.catalog, optimizers) as judge:
        if "KATA_DEBUG" not in os.environ:
            # The judge's own, such as an overflow in a comparison, mean nothing to a learner.
            warnings.simplefilter("ignore")
        yield from side_by_side(jobs, judge, SECONDS * len(left), begin)


@contextmanager
def _report(desk: Desk, wish: Wish, katas: Sequence[Kata]) -> Iterator[Report]:
    from dojo.screens.terminal import Terminal

    waiting = "starting PyTorch"
    if wish.format == "text":
        from dojo.screens.check import OneKata, SeveralKatas

        terminal = Terminal(sys.stdout)
        with terminal.working(waiting) as status:
            if len(katas) == 1:
                report: Report = OneKata(terminal, status)
            else:
                titles = {lesson.id: lesson.title for lesson in desk.catalog.lessons}
                report = SeveralKatas(terminal, status, titles, len(katas))
            yield report
        return
    # stdout holds the document and nothing else, so what moves goes to stderr.
    with Terminal(sys.stderr).working(waiting):
        yield FORMATS[wish.format](sys.stdout)
