"""What a learner reads about their submissions: the verdicts as at the terminal, on a page."""

import html
import io
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from dojo.course.catalog import Kata
from dojo.desk.subject import Subject
from dojo.grade.marks import Book, Cell, passed_share
from dojo.grade.unit import Unit, look_digest
from dojo.screens import verdicts
from dojo.screens.terminal import Terminal
from dojo.screens.text import clean, count
from dojo.verdict import Verdict

if TYPE_CHECKING:
    from dojo.grade.store import Store

WIDTH = 84  # columns, as at a terminal
STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "pre{overflow-x:auto;background:#f5f5f5;color:#111;padding:.75rem;line-height:1.35}"
    "h2{margin-top:2rem}small{color:#555}"
)
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+.!|~&-])")


@dataclass(frozen=True)
class Pages:
    """One learner's feedback, twice."""

    markdown: str
    html: str


class Shown:
    """What a terminal shows of each verdict; made once, and kept in the store by `keep`.

    Args:
        book: the grades.
        store: where it is kept.
    """

    def __init__(self, book: Book, store: "Store") -> None:
        self._store = store
        keys = {c.graded.unit.key for c in book.cells.values()}
        self._texts = store.shown(keys, look_digest())
        self._made: dict[str, str] = {}

    def of(self, kata: Kata, unit: Unit, verdict: Verdict) -> str:
        """The text of a unit's verdict."""
        if unit.key not in self._texts:
            self._texts[unit.key] = self._made[unit.key] = terminal_text(kata, verdict)
        return self._texts[unit.key]

    def keep(self) -> None:
        """Keep what was made."""
        self._store.keep_shown(self._made, look_digest())


def pages(book: Book, learner: str, shown: Shown) -> Pages:
    """The feedback for a learner; nothing of it is active anywhere."""
    row = book.row(learner)
    name = " ".join(clean(learner).split())
    if not row:
        said = "Nothing was handed in."
        return Pages(f"# {_plain(name)}\n\n{said}\n", page(name, f"<p>{said}</p>"))
    parts = [(_title(kata, cell), *_said(kata, cell, shown)) for kata, cell in row]
    markdown = "".join(
        f"\n## {_plain(title)}\n\n{_plain(about)}\n\n{_fenced(text)}\n"
        for title, about, text in parts
    )
    body = "".join(
        f"<h2>{html.escape(title)}</h2>\n<p>{html.escape(about)}</p>\n"
        f"<pre>{html.escape(text)}</pre>\n"
        for title, about, text in parts
    )
    return Pages(f"# {_plain(name)}\n{markdown}", page(name, body))


def page(title: str, body: str, style: str = "") -> str:
    """A page of HTML that fetches nothing and runs nothing; ``body`` is HTML."""
    return (
        '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width,initial-scale=1">\n'
        '<meta http-equiv="Content-Security-Policy" '
        "content=\"default-src 'none'; style-src 'unsafe-inline'\">\n"
        f"<title>{html.escape(title)}</title>\n<style>{STYLE}{style}</style>\n"
        f"<h1>{html.escape(title)}</h1>\n{body}"
    )


def standing(cell: Cell) -> str:
    """A grade in a word or two."""
    words = {
        "pass": "passed",
        "fail": "not passed yet",
        "untouched": "not begun",
        "not judged": "not judged",
    }
    return words[cell.graded.standing]


def _title(kata: Kata, cell: Cell) -> str:
    return f"{kata.id} {kata.title}: {standing(cell)}"


def _said(kata: Kata, cell: Cell, shown: Shown) -> tuple[str, str]:
    """About the file, and what a terminal would show of its verdict."""
    submission, grading = cell.graded.submission, cell.graded.grading
    about = f"Judged: {clean(submission.place)}, {submission.digest[:12]}"
    if cell.attempts > 1:
        about += f" ({count(cell.attempts, 'file')} handed in)"
    if grading is None:
        return about, f"Not judged: {clean(cell.graded.reason)}\n"
    if cell.graded.standing == "untouched" and not kata.repair:
        return about, "Nothing is written here yet: the file is still the stub.\n"
    seeds = " ".join(map(str, grading.seeds))
    about += f", with {'seeds' if len(grading.seeds) > 1 else 'seed'} {seeds}"
    if grading.verdict.isolation != "full":
        about += f", isolation {grading.verdict.isolation}"
    return about + ".", shown.of(kata, cell.graded.unit, grading.verdict)


def terminal_text(kata: Kata, verdict: Verdict) -> str:
    """What a learner reads in a terminal of `WIDTH` columns, as plain text."""
    stream = io.StringIO()
    terminal = Terminal(stream, page=WIDTH)
    name = f"{kata.stem}.py"
    verdicts.body(terminal, Subject(kata, Path(name), name, b"", False, False), verdict)
    if verdict.status != "not judged":
        passed, total = passed_share(verdict)
        terminal.blank()
        terminal.line(f"{passed} of {count(total, 'check')} passed", indent=2)
    return clean(stream.getvalue()).strip("\n") + "\n"


def _fenced(text: str) -> str:
    longest = max((len(m) for m in re.findall("`+", text)), default=0)
    fence = "`" * max(longest + 1, 3)
    return f"{fence}text\n{text}{fence}"


def _plain(text: str) -> str:
    """One line of text in which Markdown, and HTML in it, means nothing."""
    return _MARKDOWN.sub(r"\\\1", " ".join(clean(text).split()))
