"""`kata check` at the terminal: one kata in full, or a row for each of several as they finish."""

from collections import Counter
from collections.abc import Callable

from rich.status import Status
from rich.text import Text

from dojo.course.catalog import Kata
from dojo.desk.onward import Onward
from dojo.desk.subject import Refusal, Subject
from dojo.screens import verdicts
from dojo.screens.report import Report
from dojo.screens.terminal import Terminal
from dojo.screens.text import clean, count, duration
from dojo.verdict import CheckResult, Verdict

TITLE_WIDTH = 36


class OneKata(Report):
    """Reports one kata, with all that is known about it."""

    def __init__(self, terminal: Terminal, status: Status | None) -> None:
        self._terminal = terminal
        self._progress = _ProgressLine(status, terminal.console.width)
        self._verdict: tuple[Subject, Verdict] | None = None

    def judging(self, kata: Kata) -> None:
        self._progress.begin(kata)

    def check_ended(self, result: CheckResult) -> None:
        self._progress.step(result)

    def refused(self, refusal: Refusal) -> None:
        self._terminal.prose(refusal.message, indent=0)

    def judged(self, subject: Subject, verdict: Verdict) -> None:
        self._verdict = subject, verdict

    def finish(self, onward: Onward) -> None:
        self._progress.end()
        if self._verdict is not None:
            verdicts.whole(self._terminal, *self._verdict, onward)


class SeveralKatas(Report):
    """Reports several katas: a row each, what to mend below, and a bar."""

    def __init__(
        self, terminal: Terminal, status: Status | None, titles: dict[str, str], total: int
    ) -> None:
        self._terminal = terminal
        self._progress = _ProgressLine(status, terminal.console.width, self._done)
        self._titles = titles
        self._total = total
        self._verdicts: list[tuple[Subject, Verdict]] = []
        self._refusals: list[Refusal] = []
        self._lesson = ""

    def judging(self, kata: Kata) -> None:
        self._progress.begin(kata)

    def check_ended(self, result: CheckResult) -> None:
        self._progress.step(result)

    def refused(self, refusal: Refusal) -> None:
        self._heading(refusal.kata.lesson_id)
        self._refusals.append(refusal)
        broken = self._terminal.signs.broken
        self._row((broken, "bold yellow"), refusal.kata.id, refusal.kata.title, "see below")

    def judged(self, subject: Subject, verdict: Verdict) -> None:
        self._heading(subject.kata.lesson_id)
        self._verdicts.append((subject, verdict))
        signs = self._terminal.signs
        kata = subject.kata
        if verdict.passed:
            self._row((signs.passed, "green"), kata.id, kata.title, duration(verdict.seconds))
        elif verdict.status == "not judged":
            self._row((signs.broken, "bold yellow"), kata.id, kata.title, "not judged")
        elif subject.untouched:
            self._row((signs.waiting, "dim"), kata.id, kata.title, "not started")
        else:
            why = verdicts.first_failure(verdict)
            self._row((signs.failed, "bold red"), kata.id, kata.title, why)

    def finish(self, onward: Onward) -> None:
        self._progress.end()
        self._terminal.blank()
        for subject, verdict in self._verdicts:
            if not verdict.passed and not subject.untouched:
                verdicts.brief(self._terminal, subject, verdict)
        for refusal in self._refusals:
            heading = f"{refusal.kata.id}  {refusal.kata.title}"
            self._terminal.line((heading, "bold"))
            self._terminal.prose(refusal.message, indent=6)
            self._terminal.blank()
        self._summary(onward)

    def _done(self) -> Text:
        """A bar of how much is judged."""
        done = len(self._verdicts) + len(self._refusals)
        bar = self._terminal.bar(done, self._total, width=12)
        return bar.append(f" {done} of {self._total}  ")

    def _heading(self, lesson_id: str) -> None:
        if lesson_id == self._lesson:
            return
        if self._lesson:
            self._terminal.blank()
        self._lesson = lesson_id
        self._terminal.line((f"{lesson_id}  {self._titles.get(lesson_id, '')}", "bold"))

    def _row(self, mark: tuple[str, str], kata_id: str, title: str, what: str) -> None:
        if self._terminal.narrow:  # what can't stand beside the title is wrapped below it
            about = Text.assemble(title, "  ", (clean(what), "dim"))
            self._terminal.row((Text(*mark), 1), (kata_id, 6), (about, 0))
            return
        name = f"{kata_id:<6} {title:<{TITLE_WIDTH}} "
        row = Text.assemble(mark, f" {name}", (clean(what), "dim"))
        row.truncate(self._terminal.console.width - 2, overflow="ellipsis")
        self._terminal.line(row, indent=2)

    def _summary(self, onward: Onward) -> None:
        tally = Counter(_standing(subject, verdict) for subject, verdict in self._verdicts)
        tally["can't be judged"] = len(self._refusals)
        total = len(self._verdicts) + len(self._refusals)
        words = [f"{n} {word}" for word, n in tally.items() if n and word != "passed"]
        seconds = sum(v.seconds for _, v in self._verdicts)
        dot = f" {self._terminal.signs.waiting} "
        passed = tally["passed"]
        figures = [f"{passed} of {count(total, 'kata')} passed", *words, duration(seconds)]
        bar = self._terminal.bar(passed, total, width=12)
        self._terminal.line(bar, f" {dot.join(figures)}", indent=2)
        if onward.kata is not None:
            following = f"{onward.kata.id}  {onward.kata.title}"
            path = Text(clean(onward.shown), "cyan", no_wrap=True)
            self._terminal.fields([("next", following), ("", path)])


def _standing(subject: Subject, verdict: Verdict) -> str:
    if verdict.passed:
        return "passed"
    if verdict.status == "not judged":
        return "not judged"
    return "not started" if subject.untouched else "to mend"


class _ProgressLine:
    """The moving line; says which kata and which check was last."""

    def __init__(
        self, status: Status | None, width: int, before: Callable[[], Text] = Text
    ) -> None:
        self._status = status
        self._before = before
        self._room = width - 4  # for the sign that turns
        self._kata: Kata | None = None

    def begin(self, kata: Kata) -> None:
        self._kata = kata
        self._say("")

    def step(self, result: CheckResult) -> None:
        self._say(f"{result.kind}: {result.title}")

    def end(self) -> None:
        if self._status is not None:
            self._status.stop()

    def _say(self, what: str) -> None:
        if self._status is not None and self._kata is not None:
            text = self._before()
            text.append(f"{self._kata.id}  {clean(what)}", style="dim")
            text.truncate(self._room, overflow="ellipsis")
            self._status.update(text)
