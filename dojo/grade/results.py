"""The folder of the results: what is written there, and what somebody else wrote isn't lost."""

import hashlib
import os
import re
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from dojo.desk.workspace import why
from dojo.errors import UsageError
from dojo.grade import feedback, report, tables
from dojo.grade.marks import Book
from dojo.grade.pile import STORE
from dojo.machine import files

if TYPE_CHECKING:
    from dojo.grade.store import Store

_MOST = 64 * 2**20  # bytes of a file that is compared with what is to stand there
_RESERVED = re.compile(r"(con|prn|aux|nul|com\d|lpt\d)(\.|$)", re.IGNORECASE)


def prepare(out: Path) -> Path:
    """The folder of the store, made where it is missing.

    Raises:
        UsageError: the folder of the results belongs to something else, or can't be written.
    """
    try:
        if os.path.lexists(out) and not out.is_dir():
            raise UsageError(f"'{out}' is a file; results need a folder of their own.")
        if out.is_dir() and any(out.iterdir()) and not (out / STORE).is_dir():
            raise UsageError(
                f"'{out}' has other files in it. Choose a new folder, such as "
                f"`--out {out / 'results'}`."
            )
        return files.make_folder(out.resolve(), STORE)
    except OSError as error:
        raise UsageError(f"'{out}' can't be written: {why(error)}.") from None


def write(out: Path, book: Book, store: "Store", more: Mapping[str, bytes]) -> list[Path]:
    """Write grades, gradings, feedback and report; returns where edited files were kept.

    What stands there already is replaced. Where somebody changed it since it was written, their
    file is kept beside it.

    Args:
        out: the folder.
        book: the grades.
        store: remembers what was written.
        more: further files, by their names.

    Raises:
        UsageError: something can't be written.
    """
    names = file_names(book.plan.learners)
    kept: list[Path] = []

    def put(name: str, content: str | bytes) -> None:
        whole = content.encode("utf-8", "replace") if isinstance(content, str) else content
        moved = _put(out, name, whole, store)
        if moved is not None:
            kept.append(moved)

    try:
        files.make_folder(out, "feedback")
        put("grades.csv", tables.grades(book))
        kept += _put_lines(out, "gradings.jsonl", tables.gradings(book), store)
        shown = feedback.Shown(store)
        for learner in book.plan.learners:
            pages = feedback.pages(book, learner, shown)
            put(f"feedback/{names[learner]}.md", pages.markdown)
            put(f"feedback/{names[learner]}.html", pages.html)
        shown.keep()
        put(
            "report.html", report.page_of(book, {k: f"feedback/{n}.html" for k, n in names.items()})
        )
        for name, content in more.items():
            put(name, content)
    except OSError as error:
        raise UsageError(f"'{out}' can't be written: {why(error)}.") from None
    return kept


def file_names(learners: Iterable[str]) -> dict[str, str]:
    """For each learner the name of a file, without suffix, that every system can have."""
    names: dict[str, str] = {}
    taken: set[str] = set()
    for learner in learners:
        name = re.sub(r"[^\w.@+-]+", "_", learner)[:80].strip("._-") or "learner"
        if _RESERVED.match(name):
            name = f"{name}_"
        wanted, number = name, 1
        while name.casefold() in taken:
            number += 1
            name = f"{wanted}-{number}"
        taken.add(name.casefold())
        names[learner] = name
    return names


def _put(out: Path, name: str, content: bytes, store: "Store") -> Path | None:
    """Write one file; returns where the former one is kept, if somebody had changed it."""
    path = out / name
    digest = hashlib.sha256(content).hexdigest()
    moved: Path | None = None
    if os.path.lexists(path):
        former = files.read_plain(path, _MOST)
        if former == content:
            return None
        if hashlib.sha256(former).hexdigest() != store.written(name):
            moved = _aside(path)
    store.note_written(name, digest)
    files.replace_whole(path, content)
    return moved


def _put_lines(out: Path, name: str, lines: Iterable[str], store: "Store") -> list[Path]:
    """As `_put`, for a file that grows with the class: it is never in memory as a whole."""
    path = out / name
    part, digest = files.write_part(path, (line.encode("utf-8", "replace") for line in lines))
    moved: list[Path] = []
    try:
        if os.path.lexists(path):
            former = files.digest_plain(path)
            if former == digest:
                return []
            if former != store.written(name):
                moved.append(_aside(path))
        store.note_written(name, digest)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
    return moved


def _aside(path: Path) -> Path:
    number = 1
    while True:
        aside = path.with_name(f"{path.stem}.edited{number if number > 1 else ''}{path.suffix}")
        if not os.path.lexists(aside):
            path.rename(aside)
            return aside
        number += 1
