"""`kata watch --plain`: lines instead of a screen, for screen readers, logs and dumb terminals."""

import queue
from collections.abc import Callable

from rich.text import Text

from dojo.course.catalog import Kata
from dojo.desk.desk import Desk
from dojo.screens import verdicts
from dojo.screens.outlet import reader_is_gone
from dojo.screens.terminal import Terminal
from dojo.watch import view
from dojo.watch.company import Company
from dojo.watch.session import Session, Shown


class PlainWatch:
    """Prints each verdict below the last one; ends with Ctrl-C.

    Args:
        terminal: where to print.
        desk: the course, the workspace and the progress.
        kata: what is watched.
        events: False to look for saves instead of waiting for the system's events.
        company: who is told what happens.
    """

    def __init__(
        self,
        terminal: Terminal,
        desk: Desk,
        kata: Kata,
        events: bool = True,
        company: Company | None = None,
    ) -> None:
        self._terminal = terminal
        self._desk = desk
        self._kata = kata
        self._events = events
        self._said: list[str] = []
        self._shown: Shown | None = None
        self._company = company
        self._room = ("", "")

    def run(self, most: int | None = None) -> None:
        """Watch until Ctrl-C, until so many verdicts were printed, or until nobody reads on."""
        terminal, kata = self._terminal, self._kata
        terminal.line((f"{kata.id}  {kata.title}", "bold"))
        terminal.prose(kata.brief)
        path = self._desk.workspace.stub(kata)
        terminal.fields([("edit", terminal.path(path, self._desk.shown(path)))])
        terminal.line(("Judged at every save; Ctrl-C ends.", "dim"), indent=2)
        terminal.blank()
        waiting: queue.SimpleQueue[Callable[[], None]] = queue.SimpleQueue()
        company = self._company
        post = waiting.put
        session = Session(self._desk, kata, post, lambda: None, self._events, company=company)
        printed = 0
        try:
            while True:
                printed += self._tell(session)
                if printed == most or reader_is_gone(terminal.console.file):
                    return
                waiting.get()()
        finally:
            session.close()

    def _tell(self, session: Session) -> bool:
        """Print what is new; whether that was a verdict."""
        state = session.state
        phase = f"{state.phase} {state.saves} {state.trouble}"
        if self._said[-1:] != [phase]:
            self._said = [phase]
            words = {"starting": "starting PyTorch", "judging": "judging"}.get(state.phase)
            if words or state.trouble:
                self._terminal.line((words or state.trouble, "dim"), indent=2)
        if state.polling and "polling" not in self._said:
            self._said.insert(0, "polling")
            words = "No events of saves arrive here: looking ten times a second instead."
            self._terminal.line((words, "dim"), indent=2)
        self._tell_of_the_room(session)
        if state.phase != "done" or state.shown is None or state.shown is self._shown:
            return False
        self._shown = state.shown
        verdicts.whole(self._terminal, state.shown.subject, state.shown.verdict, state.shown.onward)
        if state.unsaved:
            self._terminal.line(Text(state.unsaved, "yellow"), indent=2)
        self._terminal.blank()
        return True

    def _tell_of_the_room(self, session: Session) -> None:
        """Print what a live room says, each time that it says something else."""
        said = view.said(session.state)
        if said != self._room:
            self._room = said
            view.room(self._terminal, session.state)
