"""Somebody else's table: some of its cells are changed, and all else of it stays to the byte.

RFC 4180 with any of three separators. Python's csv reads such a table, but doesn't say where in the
text a cell stands.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dojo.desk.workspace import why
from dojo.errors import UsageError
from dojo.machine import files

SEPARATORS = (",", ";", "\t")
_MOST = 50 * 2**20  # bytes
_MARK = "\ufeff"

Span = tuple[int, int]


@dataclass(frozen=True)
class Sheet:
    """A table as text, and where its cells are.

    Attributes:
        name: of its file.
        text: all of it.
        spans: for each row where its cells begin and end in the text.
        separator: what stands between cells.
    """

    name: str
    text: str
    spans: tuple[tuple[Span, ...], ...]
    separator: str

    @property
    def heading(self) -> tuple[str, ...]:
        """The cells of the first row."""
        return self.row(0)

    def row(self, number: int) -> tuple[str, ...]:
        """What the cells of a row say."""
        return tuple(_said(self.text[start:end]) for start, end in self.spans[number])

    def with_cells(self, changes: Mapping[tuple[int, int], str]) -> bytes:
        """The table with other words in some cells, which are named by row and column."""
        parts: list[str] = []
        end = 0
        for (row, column), words in sorted(changes.items()):
            start, after = self.spans[row][column]
            parts += self.text[end:start], _written(words, self.separator)
            end = after
        return "".join((*parts, self.text[end:])).encode()


def load(path: Path) -> tuple[dict[str, Sheet], str]:
    """What a file would be as a table, by each separator that it could have, and why it is none
    with commas where it isn't.

    Raises:
        UsageError: it can't be read, or is no UTF-8 text.
    """
    try:
        text = files.read_plain(path, _MOST, follow=True).decode("utf-8")
    except FileNotFoundError:
        raise UsageError(f"There is no table '{path}' to fill.") from None
    except UnicodeDecodeError:
        raise UsageError(
            f"'{path}' is not UTF-8 text: take the export as it was downloaded, or save it as CSV "
            "in UTF-8."
        ) from None
    except OSError as error:
        raise UsageError(f"'{path}' can't be read: {why(error)}.") from None
    found: dict[str, Sheet] = {}
    trouble = ""
    for separator in SEPARATORS:
        try:
            spans = _spans(text, separator)
        except ValueError as error:
            trouble = trouble or str(error)
        else:
            found[separator] = Sheet(path.name, text, spans, separator)
    return found, trouble


def _spans(text: str, separator: str) -> tuple[tuple[Span, ...], ...]:
    """Where each cell stands.

    Raises:
        ValueError: the text is no table; a part of a sentence.
    """
    bare = re.escape(separator)
    cell = re.compile(rf'"[^"]*(?:""[^"]*)*"|[^{bare}"\r\n][^{bare}\r\n]*|')
    rows: list[tuple[Span, ...]] = []
    row: list[Span] = []
    place = len(_MARK) if text.startswith(_MARK) else 0
    while True:
        found = cell.match(text, place)
        assert found is not None  # the pattern fits nothing, too
        row.append(found.span())
        place = found.end()
        if text.startswith(separator, place):
            place += 1
            continue
        rows.append(tuple(row))
        row = []
        line_end = re.compile(r"\r\n|\n|\r").match(text, place)
        if line_end is None and place < len(text):
            raise ValueError(f"a quotation mark is out of place in row {len(rows)}")
        place = line_end.end() if line_end is not None else place
        if place == len(text):
            return tuple(rows)


def _said(cell: str) -> str:
    return cell[1:-1].replace('""', '"') if cell.startswith('"') else cell


def _written(words: str, separator: str) -> str:
    if any(sign in words for sign in (separator, *'"\r\n')):
        return '"' + words.replace('"', '""') + '"'
    return words
