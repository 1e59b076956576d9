"""What the commands of `kata dev` do, as people see it: prove, change, try and measure katas."""

import difflib
import itertools
import sys
from collections.abc import Callable, Generator, Sequence
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Protocol, TypeVar

from dojo.course.catalog import Catalog, Kata
from dojo.errors import UsageError
from dojo.request import Request
from dojo.screens.terminal import Terminal
from dojo.screens.text import count, duration

if TYPE_CHECKING:
    from dojo.judge.judge import Judge

T = TypeVar("T", covariant=True)


class _Job(Protocol[T]):
    """Work for a judge that tells what it is at; see `dojo.warm.lanes`."""

    @property
    def seconds(self) -> float: ...

    def __call__(self, judge: "Judge", on_progress: Callable[[str], None] | None = None) -> T: ...


def prove(catalog: Catalog, katas: Sequence[Kata], seeds: range, only: tuple[str, ...]) -> int:
    """Prove the katas, a row for each; returns the exit code.

    Args:
        only: ids of mistakes, to be judged alone; none: everything is.

    Raises:
        UsageError: no card lists such a mistake.
    """
    from dojo.screens.doctor import proof_row

    if only:
        katas = _with_mistakes(katas, only)
    terminal = Terminal(sys.stdout)
    bad = 0
    broken = False
    total = 0.0
    from dojo.authors.proof import ProveJob

    jobs = [ProveJob(kata, seeds, only) for kata in katas]
    with closing(_results(terminal, catalog, jobs)) as results:
        for kata, honesty in zip(katas, results, strict=True):
            bad += bool(honesty.problems)
            broken |= honesty.broken
            total += honesty.seconds
            proof_row(terminal, honesty, f"{kata.id:<6} {kata.slug}")
    words = f"{bad} to mend" if bad else "all honest"
    style = "bold red" if bad else "bold green"
    terminal.line((f"{count(len(katas), 'kata')}, {words}, {duration(total)}", style))
    return 2 if broken else 1 if bad else 0


def mutate(catalog: Catalog, katas: Sequence[Kata], seeds: range, toml: bool) -> int:
    """Judge all changes of the katas, a row for each kata; returns the exit code.

    Args:
        toml: show survivors as tables, as they are kept.

    Raises:
        UsageError: a file of a kata is broken.
    """
    from dojo.authors import mutate
    from dojo.screens.doctor import mutation_row

    _refuse_flaws(katas)
    terminal = Terminal(sys.stdout)
    jobs = [job for kata in katas for job in mutate.jobs(kata, seeds)]
    code = 0
    done: list[tuple[mutate.MutateJob, tuple[mutate.Accepted, ...]]] = []
    with closing(_results(terminal, catalog, jobs)) as results:
        for index, found in enumerate(results):
            kata = jobs[index].kata
            done.append((jobs[index], found))
            if index + 1 == len(jobs) or jobs[index + 1].kata is not kata:
                result = mutate.sum_up(kata, done)
                mutation_row(terminal, result, toml)
                code = code or int(bool(result.survivors or result.stale))
                done = []
    return code


def prove_questions(catalog: Catalog, katas: Sequence[Kata]) -> int:
    """Prove the questions of the katas' lessons, a row for each; returns the exit code."""
    from dojo.authors import questions

    terminal = Terminal(sys.stdout)
    chosen = [x for x in catalog.lessons if any(k in katas for k in x.katas)]
    bad = 0
    for asked in questions.prove(catalog, chosen):
        bad += bool(asked.flaws)
        signs = terminal.signs
        mark = (signs.failed, "bold red") if asked.flaws else (signs.passed, "green")
        number = count(asked.questions, "question") if asked.questions else "no questions"
        terminal.line(mark, f" {asked.lesson.id}  {asked.lesson.title}", (f"  {number}", "dim"))
        for flaw in asked.flaws:
            terminal.line(flaw, indent=4)
    return 1 if bad else 0


def try_one(catalog: Catalog, kata: Kata, what: str | None, seed: int | None) -> int:
    """Show what a learner would read who handed this in; returns the exit code.

    Args:
        what: a mistake of the card, an alternative, a file; None: the solution.

    Raises:
        UsageError: it is none of these, or a file of the kata is broken.
    """
    from dojo.authors.trial import answer_of
    from dojo.commands.check import open_judge
    from dojo.desk.subject import Subject
    from dojo.screens import verdicts

    _refuse_flaws([kata])
    answer = answer_of(kata, what)
    terminal = Terminal(sys.stdout)
    with terminal.working("starting PyTorch"), open_judge(catalog) as judge:
        verdict = judge.check(Request(kata, answer.source, answer.path.name, seed))
    subject = Subject(kata, answer.path, answer.name, answer.source, True, False)
    terminal.line((f"{kata.id}  {kata.title}", "bold"), (f"  {answer.name}", "dim"))
    terminal.blank()
    verdicts.body(terminal, subject, verdict)
    terminal.blank()
    verdicts.figures(terminal, verdict)
    return 0


def try_all(catalog: Catalog, kata: Kata, seed: int) -> int:
    """Show the first finding of each of a kata's mistakes; returns the exit code.

    Raises:
        UsageError: a file of the kata is broken.
    """
    from dojo.authors.trial import FirstFinding, TryJob
    from dojo.screens.doctor import trial_row

    _refuse_flaws([kata])
    terminal = Terminal(sys.stdout)
    terminal.line((f"{kata.id}  {kata.title}", "bold"))
    jobs = [TryJob(kata, kata.mistakes()[i : i + 12], seed) for i in range(0, 200, 12)]
    with closing(_results(terminal, catalog, [j for j in jobs if j.mistakes])) as results:
        for rows in results:
            row: FirstFinding
            for row in rows:
                trial_row(terminal, row)
    return 0


def measure(catalog: Catalog, katas: Sequence[Kata], seeds: range) -> int:
    """Show the worst numbers that right answers come to; returns the exit code.

    Raises:
        UsageError: a file of a kata is broken.
    """
    from dojo.authors import measure
    from dojo.screens.doctor import measured_rows

    _refuse_flaws(katas)
    terminal = Terminal(sys.stdout)
    code = 0
    jobs = [job for kata in katas for job in measure.jobs(kata, seeds)]
    with closing(_results(terminal, catalog, jobs)) as results:
        for kata in katas:
            answers = 1 + len(kata.alternative_paths)
            found = list(itertools.islice(results, answers))
            counts = f"{count(answers, 'right answer')} on {count(len(seeds), 'seed')}"
            terminal.line((f"{kata.id}  {kata.title}", "bold"), (f"  {counts}", "dim"))
            measured_rows(terminal, measure.joined(found))
            for job, one in zip(measure.jobs(kata, seeds), found, strict=True):
                if one.failed:
                    code = 1
                    terminal.prose(f"{job.path.name} fails at seed {one.failed[0]}", indent=6)
    return code


def _refuse_flaws(katas: Sequence[Kata]) -> None:
    from dojo.authors import sound

    if flaws := [flaw for kata in katas for flaw in sound.flaws(kata)]:
        raise UsageError("\n".join(flaws))


def _with_mistakes(katas: Sequence[Kata], wanted: Sequence[str]) -> tuple[Kata, ...]:
    """Those of the katas that list a wanted mistake.

    Raises:
        UsageError: one of them is listed nowhere.
    """
    known = {m.id for k in katas for m in k.mistakes()}
    for name in wanted:
        if name not in known:
            near = difflib.get_close_matches(name, known, n=1)
            hint = f" The nearest is '{near[0]}'." if near else ""
            raise UsageError(f"No card of these katas lists a mistake '{name}'.{hint}")
    return tuple(k for k in katas if any(m.id in wanted for m in k.mistakes()))


def _results(
    terminal: Terminal, catalog: Catalog, jobs: Sequence[_Job[T]]
) -> Generator[T, None, None]:
    """Do all jobs on all cores; a moving line says what is judged now."""
    from dojo.commands.check import open_judge

    with terminal.working("starting PyTorch") as status, open_judge(catalog) as judge:
        from dojo.warm.lanes import side_by_side

        def begin(index: int) -> "Callable[[Judge], T]":
            return partial(jobs[index], on_progress=tell)

        def tell(what: str) -> None:
            if status is not None:
                status.update(what)

        yield from side_by_side(jobs, judge, sum(job.seconds for job in jobs), begin)
