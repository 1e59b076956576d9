"""The parts of the watch screen, drawn from the state of a session and nothing else."""

from rich.text import Text

from dojo.course.catalog import Catalog
from dojo.course.rows import outline
from dojo.desk.progress import Progress
from dojo.screens import verdicts
from dojo.screens.terminal import Terminal, coded
from dojo.screens.text import clean, count, duration
from dojo.verdict import CheckResult
from dojo.watch.session import State

# Each key with the action of the screen that it calls, and what it is called there.
KEYS = (
    ("n", "next", "next"),
    ("p", "previous", "previous"),
    ("l", "list", "list"),
    ("h", "hint", "hint"),
    ("t", "lesson", "lesson"),
    ("s", "solution", "solution"),
    ("d", "picture", "picture"),
    ("v", "history", "history"),
    ("x", "reset", "reset"),
    ("r", "again", "run again"),
    ("q", "quit", "quit"),
)
BAR = 10


def topic(state: State) -> object:
    """What the screen is about now; while it stays, only the count of ended checks changes."""
    failed = next((c.name for c in state.checks if c.finding is not None), None)
    seed = (state.shown.verdict.seed, state.saves) if state.shown is not None else None
    screen = state.kata.id, state.phase, state.trouble, state.polling, state.unsaved
    return *screen, failed, seed, said(state)


def said(state: State) -> tuple[str, str]:
    """What a live room says: how things stand, and the line to all; empty texts for nothing.

    A timer that goes on is nothing new, so it isn't in it.
    """
    return (state.said.quiet, state.said.loud) if state.said is not None else ("", "")


def room(terminal: Terminal, state: State) -> None:
    """A few lines of a live room that was joined; none without one."""
    quiet, loud = said(state)
    if loud:
        terminal.fields([("to all", Text(clean(loud), "bold"))], indent=0)
    if state.said is not None and (quiet := f"{quiet} {state.said.timer}".strip()):
        terminal.fields([("room", coded(clean(quiet), "dim"))], indent=0)


def head(terminal: Terminal, state: State, catalog: Catalog, shown: str) -> None:
    """Two lines: which kata, and its file."""
    kata = state.kata
    lesson = catalog.lesson(kata.lesson_id)
    place = f"{lesson.katas.index(kata) + 1} of {len(lesson.katas)}"
    dot = f" {terminal.signs.waiting} "
    where = dot.join([f"lesson {lesson.id}", place, f"about {kata.minutes} min"])
    title = Text(f"{kata.id}  {kata.title}", "bold")
    if terminal.narrow:
        where = ""
    title.truncate(max(terminal.console.width - len(where) - 2, 20), overflow="ellipsis")
    gap = max(terminal.console.width - title.cell_len - len(where), 2)
    terminal.whole(Text.assemble(title, " " * gap, (where, "dim")))
    terminal.whole(Text(clean(shown), "cyan"))


def status(terminal: Terminal, state: State) -> Text:
    """One line: what is going on with the newest save."""
    signs = terminal.signs
    match state.phase:
        case "starting":
            line = Text("starting PyTorch; your file is judged as soon as it is there", "yellow")
        case "judging":
            done, total = len(state.checks), max(len(outline(state.kata)) + 2, len(state.checks))
            line = Text.assemble(
                ("judging your last save  ", "bold yellow"), terminal.bar(done, total, BAR)
            )
        case "refused" | "broken":
            line = Text(f"{signs.broken} {clean(state.trouble)}", "bold yellow")
        case "done":
            line = _verdict_line(terminal, state)
    if state.polling:
        line.append("  (looking for saves: no events arrive here)", "dim")
    if state.unsaved:
        line.append(f"  {state.unsaved}", "yellow")
    return line


def _verdict_line(terminal: Terminal, state: State) -> Text:
    if state.shown is None:
        return Text()
    signs, verdict = terminal.signs, state.shown.verdict
    time = f"  {duration(verdict.seconds)} {signs.waiting} seed {verdict.seed}"
    if verdict.passed:
        return Text.assemble((f"{signs.passed} passed", "bold green"), (time, "dim"))
    if verdict.status == "not judged":
        return Text.assemble((f"{signs.broken} not judged", "bold yellow"), (time, "dim"))
    failed = sum(c.outcome != "passed" for c in verdict.checks)
    score = f"{len(verdict.checks) - failed} of {count(len(verdict.checks), 'check')} pass"
    return Text.assemble((f"{signs.failed} {score}", "bold red"), (time, "dim"))


def work(terminal: Terminal, state: State) -> None:
    """The task, and what was found about it."""
    terminal.prose(state.kata.brief)
    terminal.blank()
    failed = [c for c in state.checks if c.finding is not None]
    if state.phase == "judging" and failed:
        _first(terminal, failed[0])
    if state.shown is None:
        _awaited(terminal, state)
        return
    if state.phase != "done":
        terminal.line(("from your save before:", "dim"), indent=2)
    subject, verdict = state.shown.subject, state.shown.verdict
    if subject.untouched and verdict.status == "fail" and not state.kata.repair:
        terminal.prose("Nothing is written here yet: the file is still the stub.")
        return
    verdicts.body(terminal, subject, verdict)


def _first(terminal: Terminal, check: CheckResult) -> None:
    """What failed first in the newest save, before it is explained."""
    terminal.line((f"{terminal.signs.failed} {check.kind}: {clean(check.title)}", "bold red"))
    if check.finding is not None:
        terminal.prose(check.finding.message, indent=4)
    terminal.blank()


def _awaited(terminal: Terminal, state: State) -> None:
    """The checks that will be made, each marked as soon as it has ended."""
    ended = {c.name: c.outcome for c in state.checks}
    signs = terminal.signs
    marks = {"passed": (signs.passed, "green"), "failed": (signs.failed, "bold red")}
    for row in outline(state.kata):
        mark, style = marks.get(ended.get(row.name, ""), (signs.waiting, "dim"))
        cells = ((Text(mark, style), 1), (Text(row.kind, "dim"), verdicts.KIND_WIDTH))
        terminal.row(*cells, (Text(clean(row.title)), 0))


def foot(terminal: Terminal, state: State, catalog: Catalog, progress: Progress) -> Text:
    """One line: how far the lesson and the course are."""
    lesson = catalog.lesson(state.kata.lesson_id)
    line = Text()
    for name, katas in ((f"lesson {lesson.id}", lesson.katas), (catalog.called, catalog.katas)):
        done = sum(map(progress.is_done, katas))
        line.append(f"{name} ", "dim")
        if not terminal.narrow:
            line.append_text(terminal.bar(done, len(katas), BAR)).append(" ")
        line.append(f"{done} of {len(katas)}   ")
    return line


def keys(passed: bool) -> Text:
    """All keys, those that wait for a pass greyed out."""
    line = Text()
    for key, action, what in KEYS:
        waits = action in ("next", "solution") and not passed
        line.append(f"{key}", "dim" if waits else "bold")
        line.append(f" {what}  ", "dim")
    return line
