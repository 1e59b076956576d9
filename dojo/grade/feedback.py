"""What a learner reads about their submissions: the verdicts as at the terminal, on a page."""

import html
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dojo.course.catalog import Kata
from dojo.grade.marks import Book, Cell, Graded, Standing
from dojo.grade.unit import look_digest
from dojo.screens.text import clean, count
from dojo.screens.written import fenced, plain, terminal_text

if TYPE_CHECKING:
    from dojo.grade.store import Store

_MOST_SHOWN = 500  # texts in memory
STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}"
    "pre{overflow-x:auto;background:#f5f5f5;color:#111;padding:.75rem;line-height:1.35}"
    "h2{margin-top:2rem}small{color:#555}"
)

WORDS: dict[Standing, str] = {
    "pass": "passed",
    "fail": "not passed yet",
    "untouched": "not begun",
    "not judged": "not judged",
}
"""Each standing as a learner reads it."""


@dataclass(frozen=True)
class Pages:
    """One learner's feedback, twice."""

    markdown: str
    html: str


class Shown:
    """What a terminal shows of each verdict; made once, and kept in the store by `keep`.

    Args:
        store: where it is kept; the commonest are in memory, too.
    """

    def __init__(self, store: "Store") -> None:
        self._store = store
        self._texts: dict[str, str] = {}
        self._made: dict[str, str] = {}

    def of(self, kata: Kata, graded: Graded) -> str:
        """The text of the verdict on a submission; it has one."""
        unit = graded.unit
        if unit.key not in self._texts:
            if len(self._texts) >= _MOST_SHOWN:
                self.keep()
                self._texts.clear()
            known = self._store.shown([unit.key], look_digest()).get(unit.key)
            if known is None:
                grading = graded.grading
                assert grading is not None
                known = self._made[unit.key] = terminal_text(kata, grading.verdict)
            self._texts[unit.key] = known
        return self._texts[unit.key]

    def keep(self) -> None:
        """Keep what was made."""
        self._store.keep_shown(self._made, look_digest())
        self._made.clear()


def pages(book: Book, learner: str, shown: Shown) -> Pages:
    """The feedback for a learner; nothing of it is active anywhere."""
    row = book.row(learner)
    name = " ".join(clean(learner).split())
    if not row:
        said = "Nothing was handed in."
        return Pages(f"# {plain(name)}\n\n{said}\n", page(name, f"<p>{said}</p>"))
    parts = [(_title(kata, cell), *_said(kata, cell, shown)) for kata, cell in row]
    markdown = "".join(
        f"\n## {plain(title)}\n\n{plain(about)}\n\n{fenced(text)}\n" for title, about, text in parts
    )
    body = "".join(
        f"<h2>{html.escape(title)}</h2>\n<p>{html.escape(about)}</p>\n"
        f"<pre>{html.escape(text)}</pre>\n"
        for title, about, text in parts
    )
    return Pages(f"# {plain(name)}\n{markdown}", page(name, body))


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
    return WORDS[cell.graded.standing]


def _title(kata: Kata, cell: Cell) -> str:
    return f"{kata.id} {kata.title}: {standing(cell)}"


def _said(kata: Kata, cell: Cell, shown: Shown) -> tuple[str, str]:
    """About the file, and what a terminal would show of its verdict."""
    submission, known = cell.graded.submission, cell.graded.known
    about = f"Judged: {clean(submission.place)}, {submission.digest[:12]}"
    if cell.attempts > 1:
        about += f" ({count(cell.attempts, 'file')} handed in)"
    if known is None:
        return about, f"Not judged: {clean(cell.graded.reason)}\n"
    if cell.graded.standing == "untouched" and not kata.repair:
        return about, "Nothing is written here yet: the file is still the stub.\n"
    seeds = " ".join(map(str, known.seeds))
    about += f", with {'seeds' if len(known.seeds) > 1 else 'seed'} {seeds}"
    if known.isolation != "full":
        about += f", isolation {known.isolation}"
    return about + ".", shown.of(kata, cell.graded)
