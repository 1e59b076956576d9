"""The course at the terminal: what to do now, the list of katas, the bars of progress."""

from collections.abc import Sequence
from pathlib import Path

from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from dojo.bans import BANS
from dojo.course.catalog import Catalog, Kata, Lesson
from dojo.course.rows import Row, outline
from dojo.desk import workspace as workspaces
from dojo.desk.progress import Attempt, Progress
from dojo.desk.workspace import Workspace
from dojo.screens.terminal import Terminal, coded, command
from dojo.screens.text import clean, count


def what_now(
    terminal: Terminal,
    catalog: Catalog,
    progress: Progress,
    workspace: Workspace,
    cwd: Path,
    questions: Sequence[str] = (),
) -> None:
    """What to do now: the task, the file, what is checked, and the place in the course.

    Args:
        questions: ids of those that are asked before the kata of now.
    """
    kata = progress.next_kata(catalog)
    if kata is None:
        _all_done(terminal, catalog)
        return
    lesson = catalog.lesson(kata.lesson_id)
    place = lesson.katas.index(kata) + 1
    dot = f" {terminal.signs.waiting} "
    terminal.line((f"{kata.id}  {kata.title}", "bold"))
    where = f"{_pack_words(catalog)}lesson {lesson.id} {lesson.title}"
    number = f"{place} of {len(lesson.katas)}"
    terminal.line((dot.join([where, number, f"about {kata.minutes} min"]), "dim"), indent=2)
    terminal.blank()
    terminal.prose(kata.brief)
    terminal.blank()
    stub = workspace.stub(kata)
    path = terminal.path(stub, workspaces.shown(stub, cwd))
    rows: list[tuple[str, RenderableType]] = [("edit", path)]
    if not stub.exists():
        rows.append(("", Text(f"missing: kata reset {kata.id} brings it back", "yellow")))
    rows.append(("then", "kata check"))
    rows.append(("stuck?", "kata hint"))
    if place == 1:
        rows.append(("lesson", f"kata show {lesson.id}"))
    if place == 1 and lesson.id in catalog.pack.recaps:
        words = "shows what held you up in this module"
        rows.append(("look back", command(f"kata lookback {kata.module_id}", words)))
    standing = progress.of(kata)
    asked = [q for q in questions if not progress.answers.get(q)]
    if asked and standing.last is None:
        words = f"{count(len(asked), 'question')} on what it is about"
        rows.append(("quiz", command(f"kata quiz {kata.id}", words)))
    rows.extend(checked(kata))
    if standing.last is not None:
        rows.append(("so far", so_far(kata, standing.tried, standing.last)))
    left = progress.left_out(catalog)
    if left is not None:
        rows.append(("earlier", command(f"kata start {left.id}", "goes back to what you left out")))
    terminal.fields(rows)
    terminal.blank()
    _bars(terminal, progress, lesson, catalog)


def _all_done(terminal: Terminal, catalog: Catalog) -> None:
    """What `kata next` says at the end of the course."""
    total = len(catalog.katas)
    terminal.line((f"You have passed every kata of the {catalog.called}.", "bold green"))
    terminal.blank()
    terminal.line(terminal.bar(total, total), f" {total} of {total}", indent=2)
    terminal.fields(
        [
            ("again", "kata check --all"),
            ("compare", "kata solution 2.3.1 --diff".replace("2.3.1", catalog.katas[-1].id)),
            ("look back", "kata progress"),
        ]
    )


def _pack_words(catalog: Catalog) -> str:
    """Which pack this is, where it isn't the course: its suites are its author's code."""
    foreign = catalog.katas[0].foreign_pack
    return f"pack {foreign}, " if foreign else ""


def checked(kata: Kata) -> list[tuple[str, RenderableType]]:
    """The rows that say what the suite checks, by kind, and what is forbidden."""
    rows: list[tuple[str, RenderableType]] = []
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(style="dim", no_wrap=True)
    table.add_column(overflow="fold")
    previous = ""
    for row in outline(kata):
        table.add_row("" if row.kind == previous else row.kind, clean(row.title))
        previous = row.kind
    if table.row_count:
        rows.append(("checked", table))
    if kata.forbids:
        words = [coded(BANS[name].asks) for name in kata.forbids]
        rows.append(("without", Group(*words)))
    return rows


def so_far(kata: Kata, attempts: int, last: Attempt) -> str:
    """The attempts on a kata in a few words: how many, and what became of the last one."""
    text = count(attempts, "attempt")
    if last.status == "pass":
        return f"{text}, the last one passed"
    failed = first_failed(outline(kata), last)
    return f"{text}, the last one stopped at {failed}" if failed else text


def first_failed(rows: Sequence[Row], attempt: Attempt) -> str:
    """The first failed check of an attempt, as `kind: title` where the suite knows it."""
    named = [r for r in rows if r.name in attempt.failed]
    if named:
        return f"{named[0].kind}: {clean(named[0].title)}"
    return clean(attempt.failed[0].replace("_", " ")) if attempt.failed else ""


def listing(
    terminal: Terminal, catalog: Catalog, progress: Progress, katas: Sequence[Kata]
) -> None:
    """Every kata with its mark, by lesson."""
    current = progress.next_kata(catalog)
    _pack_line(terminal, catalog)
    signs = terminal.signs
    for lesson in catalog.lessons:
        chosen = [k for k in lesson.katas if k in katas]
        if not chosen:
            continue
        number = sum(map(progress.is_done, lesson.katas))
        terminal.line(
            (f"{lesson.id}  {lesson.title}", "bold"), (f"  {number}/{len(lesson.katas)}", "dim")
        )
        table = Table.grid(padding=(0, 1, 0, 0))
        # Signs and ids keep their width: where there is little room the titles wrap.
        table.add_column(width=1, no_wrap=True)
        table.add_column(min_width=6, no_wrap=True)
        table.add_column(width=None if terminal.narrow else 40, overflow="fold")
        table.add_column(no_wrap=True)
        for kata in chosen:
            mark, style = signs.waiting, "dim"
            if progress.is_done(kata):
                mark, style = signs.passed, "green"
            elif kata == current:
                mark, style = signs.current, "bold yellow"
            elif progress.of(kata).tried:
                mark, style = signs.failed, "red"
            title = Text(kata.title, "bold" if kata == current else "")
            slug = "" if terminal.narrow else kata.slug
            table.add_row(Text(mark, style), kata.id, title, Text(slug, "dim"))
        terminal.show(table, indent=2)
        terminal.blank()
    legend = (
        f"{signs.passed} passed   {signs.current} now   {signs.failed} tried, not passed yet   "
        f"{signs.waiting} not started"
    )
    terminal.line((legend, "dim"))


def overview(terminal: Terminal, catalog: Catalog, progress: Progress) -> None:
    """Bars by lesson, attempts, and what is next."""
    current = progress.next_kata(catalog)
    _pack_line(terminal, catalog)
    table = Table.grid(padding=(0, 2, 0, 0))
    table.add_column(no_wrap=True)
    table.add_column(overflow="fold")
    table.add_column(no_wrap=True)
    for _ in range(2):
        table.add_column(justify="right", no_wrap=True)
    for lesson in catalog.lessons:
        number = sum(map(progress.is_done, lesson.katas))
        tries = sum(progress.of(k).tried for k in lesson.katas)
        here = current is not None and current.lesson_id == lesson.id
        style = "bold" if here else ""
        table.add_row(
            Text(lesson.id, style),
            Text(lesson.title, style),
            terminal.bar(number, len(lesson.katas)),
            f"{number}/{len(lesson.katas)}",
            Text(count(tries, "attempt") if tries and not terminal.narrow else "", "dim"),
        )
    number = sum(map(progress.is_done, catalog.katas))
    table.add_row()
    table.add_row(
        "",
        Text(f"the {catalog.called}", "bold"),
        terminal.bar(number, len(catalog.katas)),
        f"{number}/{len(catalog.katas)}",
    )
    terminal.show(table)
    terminal.blank()
    if current is None:
        terminal.line((f"You have passed every kata of the {catalog.called}.", "bold green"))
        return
    rows: list[tuple[str, RenderableType]] = [("next", f"{current.id}  {current.title}")]
    standing = progress.of(current)
    if standing.last is not None:
        rows.append(("so far", so_far(current, standing.tried, standing.last)))
    terminal.fields(rows, indent=0)


def _pack_line(terminal: Terminal, catalog: Catalog) -> None:
    if catalog.katas[0].foreign_pack:
        terminal.line((f"{clean(catalog.pack.title)}  ", "bold"), (str(catalog.root), "dim"))
        terminal.blank()


def _bars(terminal: Terminal, progress: Progress, lesson: Lesson, catalog: Catalog) -> None:
    table = Table.grid(padding=(0, 2, 0, 0))
    for name, katas in ((f"lesson {lesson.id}", lesson.katas), (catalog.called, catalog.katas)):
        number = sum(map(progress.is_done, katas))
        label = Text(name, "dim")
        table.add_row(label, terminal.bar(number, len(katas)), f"{number} of {len(katas)}")
    terminal.show(table, indent=2)
