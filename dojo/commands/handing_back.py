"""`kata grade --fill` and `--export`: grades in the tables of others."""

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from dojo.errors import UsageError
from dojo.screens.text import clean, count

if TYPE_CHECKING:
    from dojo.commands.grading import GradeWish
    from dojo.grade.fill.filling import Filled, Filling
    from dojo.grade.intake import Plan
    from dojo.grade.marks import Book
    from dojo.screens.terminal import Terminal

MOST_SHOWN = 20


@dataclass
class Back:
    """What is handed back.

    Attributes:
        files: what to write, by the name in the folder of the results.
        filled: what became of the table that was filled.
        missing: learners who have no row of their own in it.
    """

    files: dict[str, bytes] = field(default_factory=dict)
    filled: "Filled | None" = None
    missing: tuple[str, ...] = ()


def plan(terminal: "Terminal", plan: "Plan", wish: "GradeWish") -> None:
    """Say which katas' points go into which column, before anything is judged.

    Raises:
        UsageError: that can't be told, or there is no such table.
    """
    if wish.fill is None:
        return
    filling = _filling(plan, wish)
    terminal.blank()
    terminal.line((clean(filling.sheet.name), "bold"), f"  {filling.form.system}")
    for target in filling.targets:
        ids = [k.id for k in target.katas]
        which = ids[0] if len(ids) == 1 else f"{ids[0]} to {ids[-1]}, {count(len(ids), 'kata')}"
        most = target.column.most
        worth = f"up to {target.most}" + (f" of {most:g}" if most is not None else "")
        terminal.line(f"{clean(target.column.title)}: {which}, {worth} points", indent=2)
    rows = f"{len(filling.whose)} of {count(len(filling.form.people), 'row')} are learners'"
    terminal.line(rows, indent=2)


def tables(book: "Book", wish: "GradeWish") -> Back:
    """The tables that were asked for."""
    back = Back()
    if wish.exports:
        from dojo.grade.exports import EXPORTS

        for name in wish.exports:
            back.files[f"{name}.csv"] = EXPORTS[name](book).encode("utf-8", "replace")
    if wish.fill is not None:
        from dojo.grade.fill.filling import fill

        filling = _filling(book.plan, wish)
        back.filled, back.missing = fill(filling, book), filling.missing
        back.files[_name(wish.fill)] = back.filled.content
    return back


def show(terminal: "Terminal", back: Back, wish: "GradeWish") -> None:
    """Say where the tables are, and whose rows were left as they were."""
    rows = [(Path(name).stem, str(wish.out / name)) for name in back.files]
    terminal.fields([(what, terminal.path(Path(path), path)) for what, path in rows])
    if back.filled is None:
        return
    for title, number in back.filled.rows.items():
        terminal.prose(f"{count(number, 'grade')} filled in under '{clean(title)}'.")
    left = [f"{clean(who)}: {clean(why)}" for who, why in back.filled.left]
    left += [f"{clean(who)}: no row is theirs alone" for who in back.missing]
    if left:
        terminal.blank()
        terminal.line((f"left as it was ({len(left)})", "bold"))
        for line in left[:MOST_SHOWN]:
            terminal.line(line, indent=2)
        if left[MOST_SHOWN:]:
            terminal.line((f"and {len(left) - MOST_SHOWN} more", "dim"), indent=2)


def _filling(plan: "Plan", wish: "GradeWish") -> "Filling":
    from dojo.grade.fill import recognise
    from dojo.grade.fill.filling import prepare

    if wish.fill is None:
        raise UsageError("--fill names the table.")
    sheet, form = recognise(wish.fill)
    return prepare(sheet, form, plan, wish.column, wish.partial)


def _name(path: Path) -> str:
    """What the filled copy is called: never as the table itself."""
    return f"{path.stem}.filled{path.suffix or '.csv'}"
