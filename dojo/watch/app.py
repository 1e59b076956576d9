"""`kata watch` on a full screen."""

import asyncio
import contextvars
from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.widgets import Static

from dojo.course.catalog import Kata
from dojo.course.derive import without_markers
from dojo.desk import history
from dojo.desk.desk import Desk
from dojo.desk.reset import reset, restore
from dojo.errors import UsageError
from dojo.screens import course, pages
from dojo.screens.plots.choice import worth_drawing
from dojo.screens.terminal import Terminal
from dojo.warm.newest_wins import NewestWins
from dojo.watch import view
from dojo.watch.company import Company
from dojo.watch.panels import Asking, Choosing, Reading
from dojo.watch.render import drawn
from dojo.watch.session import MakeElsewhere, Session

SOON = 0.04  # seconds within which a further check is shown


class WatchApp(App[None]):
    """The screen of `kata watch`: head, work (which scrolls), foot and keys.

    Args:
        desk: the course, the workspace and the progress.
        kata: the first kata.
        events: False to look for saves instead of waiting for the system's events.
        judge: makes what judges.
        company: who is told what happens.
    """

    CSS = """
    Screen { layout: vertical; }
    #head { height: 2; }
    #status { height: auto; max-height: 4; }
    #work { height: 1fr; margin-top: 1; }
    #room { height: auto; max-height: 6; }
    #foot { height: 1; }
    #keys { height: auto; max-height: 3; }
    ModalScreen { align: center middle; }
    .panel { width: 100%; height: 100%; padding: 1 2; background: $background; }
    .question { height: auto; border: round $primary; width: 70; }
    .heading { height: 1; margin-bottom: 1; }
    """
    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        *(Binding(key, action, what) for key, action, what in view.KEYS),
        Binding("ctrl+c", "quit", show=False, priority=True),
    ]

    def __init__(
        self,
        desk: Desk,
        kata: Kata,
        events: bool = True,
        judge: MakeElsewhere = NewestWins,
        company: Company | None = None,
    ) -> None:
        super().__init__(ansi_color=True)
        self._make_judge = judge
        self._company = company
        self.desk = desk
        self._first = kata
        self._events = events
        self.session: Session | None = None
        self._drawing = False
        self._soon = False
        self._shown_topic: object = None
        self._parts: dict[str, object] = {}  # by part: what was drawn there last

    def compose(self) -> ComposeResult:
        yield Static(id="head")
        yield Static(id="status")
        with VerticalScroll(id="work"):
            yield Static(id="text")
        yield Static(id="room")
        yield Static(id="foot")
        yield Static(id="keys")

    def on_mount(self) -> None:
        self.theme = "ansi-dark"
        loop = asyncio.get_running_loop()
        context = contextvars.copy_context()

        def post(function: Callable[[], None]) -> None:
            loop.call_soon_threadsafe(function, context=context)

        self._drawing = True
        self.session = Session(
            self.desk,
            self._first,
            post,
            self.refresh_parts,
            self._events,
            self._make_judge,
            self._company,
        )
        self._draw()
        self.query_one("#work").focus()

    def on_unmount(self) -> None:
        self._drawing = False
        if self.session is not None:
            self.session.close()

    def on_resize(self) -> None:
        self._draw()

    def refresh_parts(self) -> None:
        """Draw what has changed: at once, but a mere further check within a moment."""
        if not self._drawing or self.session is None:
            return
        topic = view.topic(self.session.state)
        if topic != self._shown_topic:
            self._draw()
        elif not self._soon:
            self._soon = True
            self.set_timer(SOON, self._draw)

    def _draw(self) -> None:
        self._soon = False
        if not self._drawing or self.session is None:
            return
        state, catalog = self.session.state, self.desk.catalog
        progress = self.session.progress
        topic = self._shown_topic = view.topic(state)
        kata, done = state.kata.id, len(progress.done)
        shown = self.desk.shown_stub(state.kata)
        waits_for = len(state.checks) if state.shown is None else None
        self._put("#head", (kata,), lambda t: view.head(t, state, catalog, shown))
        self._put("#status", (), lambda t: t.line(view.status(t, state)))
        self._put("#text", (topic, waits_for), lambda t: view.work(t, state), indent=1)
        self._put("#room", (state.said,), lambda t: view.room(t, state))
        self._put("#foot", (kata, done), lambda t: t.whole(view.foot(t, state, catalog, progress)))
        if self._parts.get("#keys") != self._may_go_on:
            self._parts["#keys"] = self._may_go_on
            self.screen_part("#keys").update(view.keys(self._may_go_on))

    def screen_part(self, name: str) -> Static:
        """One part of the main screen, whatever lies above it."""
        return self.screen_stack[0].query_one(name, Static)

    @property
    def _may_go_on(self) -> bool:
        session = self.session
        return session is not None and (
            session.state.passed or session.progress.is_done(session.state.kata)
        )

    def _put(
        self, name: str, about: object, draw: Callable[[Terminal], None], indent: int = 0
    ) -> None:
        """Draw one part, unless what it is about is as it was; () is always drawn."""
        width = self.size.width - 2 * indent
        if about != () and self._parts.get(name) == (about, width):
            return
        self._parts[name] = (about, width)
        self.screen_part(name).update(drawn(draw, width))

    def _open(self, kata: Kata | None) -> None:
        if kata is not None and self.session is not None:
            self.session.open(kata)
            self.screen_stack[0].query_one("#work").scroll_home(animate=False)

    def action_next(self) -> None:
        if self.session is None:
            return
        if not self._may_go_on:
            self.notify("Next opens after a pass. The list (l) goes to any kata.")
        elif (kata := self.session.neighbour(1)) is None:
            self.notify(f"This is the last kata of the {self.desk.catalog.called}.")
        else:
            self._open(kata)

    def action_previous(self) -> None:
        if self.session is not None:
            self._open(self.session.neighbour(-1))

    def action_again(self) -> None:
        if self.session is not None:
            self.session.look()

    def action_list(self) -> None:
        if self.session is None:
            return
        is_done = self.session.progress.is_done
        rows = [
            (k.id, f"{'x' if is_done(k) else ' '} {k.id:<7} {k.title}  ({k.slug})")
            for k in self.desk.catalog.katas
        ]
        current = self.session.state.kata.id
        self.push_screen(Choosing("All katas; x marks those passed", rows, current), self._chosen)

    def _chosen(self, kata_id: str | None) -> None:
        if kata_id is not None:
            self._open(self.desk.catalog.kata(kata_id))

    def action_hint(self) -> None:
        if self.session is None:
            return
        kata = self.session.state.kata
        level = self.session.another_hint()
        left = len(kata.hints) - level
        heading = f"{kata.id}  {kata.title}" + ("; h again gives one more" if left else "")
        self._read(heading, lambda t: pages.hints(t, kata, level))

    def action_lesson(self) -> None:
        if self.session is None:
            return
        kata = self.session.state.kata
        lesson = self.desk.catalog.lesson(kata.lesson_id)
        try:
            text = kata.lesson_text_path.read_text(encoding="utf-8")
        except OSError:
            text = "This lesson has no text."
        self._read(f"Lesson {lesson.id}", lambda t: pages.lesson(t, text))

    def action_solution(self) -> None:
        if self.session is None:
            return
        kata = self.session.state.kata
        if not self.session.progress.is_done(kata):
            self.notify("The solution opens after a pass. A hint (h) gives a nudge.")
            return
        if why := self.session.withheld():
            self.notify(why)
            return
        self.session.saw_solution()
        text = without_markers(kata.solution_path.read_text(encoding="utf-8"))
        self._read(f"A solution of {kata.id}", lambda t: pages.solution(t, text))

    def action_picture(self) -> None:
        shown = self.session.state.shown if self.session is not None else None
        pictures = worth_drawing(shown.verdict) if shown is not None else []
        if shown is None or not pictures:
            self.notify("There is no picture of this run.")
            return
        from dojo.screens.plots.terminal import draw_text  # slow to load, and not needed before

        colour = not self.no_color
        rows = max(self.size.height - 6, 8)

        def draw(width: int) -> Text:
            drawn = (draw_text(p, width, rows, utf8=True, colour=colour) for p in pictures)
            return Text.from_ansi("\n\n".join(drawn))

        self.push_screen(Reading(f"What your code did in {shown.verdict.kata}", draw))

    def action_history(self) -> None:
        if self.session is None:
            return
        kata = self.session.state.kata
        attempts = history.newest(self.desk, kata)
        if not attempts:
            self.notify(f"No attempts at {kata.id} yet.")
            return
        latest = {a.digest: (n, a) for n, a in attempts}  # one row for each version
        rows = [
            (
                str(n),
                f"{n:>3}  {a.time.astimezone():%d %b %H:%M:%S}  {course.so_far(kata, 1, a)}",
            )
            for n, a in reversed(latest.values())
        ]
        heading = f"Attempts at {kata.id}; choosing one brings its file back"
        self.push_screen(Choosing(heading, rows), self._restore)

    def _restore(self, number: str | None) -> None:
        if number is not None and self.session is not None:
            kata = self.session.state.kata
            self._change(lambda: restore(self.desk, kata, int(number)))

    def action_reset(self) -> None:
        if self.session is None:
            return
        shown = self.desk.shown_stub(self.session.state.kata)
        question = f"Make {shown} the stub again? Your file is backed up first."
        self.push_screen(Asking(question), self._reset)

    def _reset(self, yes: bool | None) -> None:
        if yes and self.session is not None:
            kata = self.session.state.kata
            self._change(lambda: reset(self.desk, kata))

    def _change(self, change: Callable[[], Sequence[str]]) -> None:
        try:
            self.notify("\n".join(change()))
        except UsageError as error:
            self.notify(str(error), severity="error")

    def _read(self, heading: str, draw: Callable[[Terminal], None]) -> None:
        self.push_screen(Reading(heading, lambda width: drawn(draw, width)))
