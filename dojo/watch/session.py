"""What `kata watch` knows and does, whatever shows it: the kata, its file, the last verdict.

All methods are called from one thread, that of the screen; what other threads notice is handed
over by `post`.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import partial
from typing import Literal, Protocol

from dojo.course.catalog import Catalog, Kata
from dojo.desk.desk import Desk
from dojo.desk.hint import another_hint, hints_given
from dojo.desk.onward import Onward, onward
from dojo.desk.progress import Progress
from dojo.desk.record import record
from dojo.desk.subject import Refusal, Subject, subject_of
from dojo.request import Request
from dojo.verdict import CheckResult, Verdict
from dojo.warm.newest_wins import Broken, Ended, Event, Judged, NewestWins
from dojo.watch.company import Alone, Company, Said
from dojo.watch.saves import FileWatch

Phase = Literal["starting", "judging", "done", "refused", "broken"]
Post = Callable[[Callable[[], None]], None]


class Elsewhere(Protocol):
    """What judges, somewhere else, and tells by events; see `NewestWins`."""

    @property
    def pid(self) -> int | None:
        """Of the process that judges."""
        ...

    def request(self, request: Request) -> int:
        """Judge this next; returns the request's number."""
        ...

    def close(self) -> None:
        """End it."""


MakeElsewhere = Callable[[Catalog, Callable[[Event], None]], Elsewhere]


@dataclass(frozen=True)
class Shown:
    """A verdict and the file that it is about."""

    subject: Subject
    verdict: Verdict
    onward: Onward


@dataclass
class State:
    """Everything that a screen shows.

    Attributes:
        kata: the kata at hand.
        phase: what is going on with the newest save.
        checks: checks of the newest save that have ended.
        shown: the last verdict on this kata, kept while a newer one is awaited.
        trouble: why nothing is judged: the file is gone, or a fault of ours.
        polling: saves are noticed by looking, since no events arrive.
        unsaved: progress can't be written here.
        saves: how often the file was judged.
        said: what a live room says that was joined.
    """

    kata: Kata
    phase: Phase = "starting"
    checks: list[CheckResult] = field(default_factory=list)
    shown: Shown | None = None
    trouble: str = ""
    polling: bool = False
    unsaved: str = ""
    saves: int = 0
    said: Said | None = None

    @property
    def passed(self) -> bool:
        """The newest save passed: it may go on."""
        return self.phase == "done" and self.shown is not None and self.shown.verdict.passed


class Session:
    """Watches one kata's file after the other and has every save judged.

    Args:
        desk: the course, the workspace and the progress.
        kata: the first kata.
        post: runs a function in the screen's thread.
        changed: called, in the screen's thread, when there is something new to show.
        events: False to look for saves instead of waiting for the system's events.
        judge: makes what judges.
        company: who is told what happens.
    """

    def __init__(
        self,
        desk: Desk,
        kata: Kata,
        post: Post,
        changed: Callable[[], None],
        events: bool = True,
        judge: MakeElsewhere = NewestWins,
        company: Company | None = None,
    ) -> None:
        self.desk = desk
        self.progress: Progress = desk.progress
        self.state = State(kata)
        self._post = post
        self._changed = changed
        self._events = events
        self._subject: Subject | None = None
        self._number = 0
        self._warm = False
        self._judge = judge(desk.catalog, self._tell)
        self._files = self._watch(kata)
        self._company = company or Alone()
        self._company.listen(lambda: post(self._hear))
        self._company.begun(kata)
        self.look()

    def close(self) -> None:
        """Stop watching and judging; no process stays behind."""
        self._files.close()
        self._judge.close()
        self._company.close()

    def open(self, kata: Kata) -> None:
        """Go to another kata."""
        self._files.close()
        state = self.state
        self.state = State(kata, polling=state.polling, unsaved=state.unsaved, said=state.said)
        self._files = self._watch(kata)
        self._company.begun(kata)
        self.look()

    def neighbour(self, step: int) -> Kata | None:
        """The kata so many places further in the course, if there is one."""
        katas = self.desk.catalog.katas
        place = katas.index(self.state.kata) + step
        return katas[place] if 0 <= place < len(katas) else None

    def look(self) -> None:
        """Read the file and have it judged."""
        state = self.state
        state.checks = []
        found = subject_of(self.desk, state.kata, None)
        if isinstance(found, Refusal):
            self._subject = None
            state.phase, state.trouble = "refused", found.message
        else:
            self._subject = found
            state.phase, state.trouble = "judging" if self._warm else "starting", ""
            self._number = self._judge.request(found.request())
        self._changed()

    def another_hint(self) -> int:
        """Give one hint more, if there is one; returns how many are given."""
        kata, before = self.state.kata, hints_given(self.progress, self.state.kata)
        self.progress = another_hint(self.desk, self.progress, kata, self._save)
        level = hints_given(self.progress, kata)
        if level > before:
            self._company.hinted(kata, level)
        return level

    def withheld(self) -> str:
        """Why the solution isn't shown yet although the kata is passed; empty if it may be."""
        return self._company.withholds(self.state.kata)

    def saw_solution(self) -> None:
        """Remember that the solution was shown."""
        self._save(lambda: self.desk.log.add_solution(self.state.kata))

    @property
    def judge_pid(self) -> int | None:
        """Of the process that judges."""
        return self._judge.pid

    def _watch(self, kata: Kata) -> FileWatch:
        path = self.desk.workspace.stub(kata)
        saved = partial(self._post, self.look)
        return FileWatch(path, saved, partial(self._post, self._is_polling), self._events)

    def _is_polling(self) -> None:
        self.state.polling = True
        self._changed()

    def _tell(self, event: Event) -> None:
        self._post(partial(self._note, event))

    def _note(self, event: Event) -> None:
        state, subject = self.state, self._subject
        if isinstance(event, Broken):
            state.phase, state.trouble = "broken", event.reason
        elif not isinstance(event, (Ended, Judged)):
            self._warm = True
            if state.phase == "starting":
                state.phase = "judging"
        elif subject is None or event.number != self._number:
            return  # of an older save, or of another kata
        elif isinstance(event, Ended):
            state.checks.append(event.result)
        else:
            self._settle(subject, event.verdict)
        self._changed()

    def _settle(self, subject: Subject, verdict: Verdict) -> None:
        state = self.state
        self.progress = record(self.desk, self.progress, subject, verdict, self._save)
        state.saves += 1
        state.phase = "done"
        next_steps = onward(self.desk, self.progress, subject.kata)
        state.shown = Shown(subject, verdict, next_steps)
        self._company.checked(subject, verdict)

    def _hear(self) -> None:
        self.state.said = self._company.said(self.state.kata)
        self._changed()

    def _save(self, action: Callable[[], None]) -> None:
        try:
            action()
            self.state.unsaved = ""
        except OSError:
            self.state.unsaved = "Your progress can't be saved here."
