"""The terminal that every screen writes to: width, signs, prose, code, paths and bars.

Texts go in as plain strings, never as markup, and hostile ones are cleaned here.
"""

import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO, cast

from rich.console import Console, ConsoleOptions, Group, RenderableType
from rich.segment import Segment
from rich.status import Status
from rich.table import Table
from rich.text import Text

from dojo.screens.text import Signs, clean, disarmed, signs

MAX_WIDTH = 100
LABEL_WIDTH = 9
NARROW = 60  # columns; below, what is least needed is left out
_CODE = re.compile(r"`[^`\n]+`")
# Stands for the spaces of short code while lines are broken: a command is copied whole. It can't
# come from outside, because `clean` removes characters of private use.
_KEPT_SPACE = "\ue000"
_KEPT_TOGETHER = 40


class Terminal:
    """One output stream, and how to write on it.

    Attributes:
        console: rich's console; width at most `MAX_WIDTH`, so that prose stays readable.
        signs: the marks that this stream's encoding can show.

    Args:
        stream: where to; None for stdout.
        page: the width of a page, where it is written for later, and the same for everybody.
    """

    def __init__(self, stream: TextIO | None = None, page: int | None = None) -> None:
        if page is None and "GITHUB_ACTIONS" in os.environ:
            stream = cast("TextIO", _Disarmed(stream if stream is not None else sys.stdout))
        self.console = Console(
            file=stream, markup=False, highlight=False, emoji=False, legacy_windows=False,
            force_terminal=None if page is None else False, width=page,
        )  # fmt: skip
        encoding = self.console.encoding
        self.signs: Signs = signs(encoding)
        # Replacements such as "<=" for one character need some room.
        spare = 0 if encoding.startswith("utf") else 2
        self._blank = False
        self.console.width = max(min(self.console.width, MAX_WIDTH) - spare, 20)

    @property
    def narrow(self) -> bool:
        """True where there is no room for everything side by side."""
        return self.console.width < NARROW

    @property
    def moves(self) -> bool:
        """True when a person watches: only then may anything be drawn over."""
        return self.console.is_terminal and not self.console.is_dumb_terminal

    def show(self, item: RenderableType, indent: int = 0) -> None:
        """Anything that rich can draw, moved to the right."""
        self._blank = False
        self.console.print(_Indented(item, indent))

    def line(self, *parts: str | tuple[str, str] | Text, indent: int = 0) -> None:
        """One line from plain parts, (text, style) pairs and texts; wraps when too long."""
        self.show(Text.assemble(*parts), indent)

    def blank(self) -> None:
        """An empty line, and never two in a row."""
        if not self._blank:
            self.console.print()
        self._blank = True

    def prose(self, text: str, indent: int = 2, style: str = "") -> None:
        """Paragraphs, wrapped; `code` in them stands out; indented lines stay as they are."""
        self.show(prose(text, style), indent)

    def fields(self, rows: Iterable[tuple[str, RenderableType]], indent: int = 2) -> None:
        """Labels and what they label, in two columns; paths and commands stay in one piece."""
        for label, value in rows:
            if isinstance(value, Text) and value.no_wrap:
                self.whole(Text.assemble((f"{label:<{LABEL_WIDTH}}  ", "dim"), value), indent)
            else:
                text = Text(value) if isinstance(value, str) else value
                self.row((Text(label, "dim"), LABEL_WIDTH), ("", 0), (text, 0), indent=indent)

    def whole(self, text: Text, indent: int = 0) -> None:
        """One line that is never broken here: so it can be clicked and copied."""
        self._blank = False
        self.console.print(Text(" " * indent).append(text), soft_wrap=True)

    def row(self, *cells: tuple[RenderableType, int], indent: int = 2) -> None:
        """Cells side by side, each with its width; the last one, of width 0, wraps."""
        table = Table.grid(padding=(0, 1, 0, 0))
        for _, width in cells:
            table.add_column(no_wrap=width > 0, width=width or None, overflow="fold")
        table.add_row(*(cell for cell, _ in cells))
        self.show(table, indent)

    def path(self, path: Path, shown: str) -> Text:
        """A path to click; a link only where the terminal runs beside the files."""
        remote = "SSH_CONNECTION" in os.environ
        link = self.console.is_terminal and not remote and path.is_absolute()
        style = f"cyan link {path.as_uri()}" if link else "cyan"
        return Text(clean(shown), style=style, no_wrap=True)

    def bar(self, part: int, whole: int, width: int | None = None) -> Text:
        """A bar, full when ``part`` is ``whole``, and empty only when ``part`` is 0."""
        if width is None:
            width = 8 if self.narrow else 20
        filled = width * part // whole if whole else 0
        if part and not filled:
            filled = 1
        return Text.assemble(
            (self.signs.full * filled, "green"), (self.signs.empty * (width - filled), "dim")
        )

    @contextmanager
    def working(self, text: str) -> Iterator[Status | None]:
        """A moving line while something is under way; nothing where nobody watches."""
        if not self.moves:
            yield None
            return
        spinner = "dots" if self.console.encoding.startswith("utf") else "line"
        with self.console.status(Text(text, style="dim"), spinner=spinner) as status:
            yield status


class _Indented:
    """An item moved to the right, without blanks at the ends of its lines."""

    def __init__(self, item: RenderableType, indent: int) -> None:
        self.item = item
        self.indent = indent

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> Iterator[Segment]:
        inner = options.update_width(max(options.max_width - self.indent, 1))
        for line in console.render_lines(self.item, inner, pad=False):
            while line and not line[-1].text.strip():
                line.pop()
            if line:
                line[-1] = Segment(line[-1].text.rstrip(), line[-1].style)
                yield Segment(" " * self.indent)
            for text, style, _ in line:
                yield Segment(text.replace(_KEPT_SPACE, " "), style)
            yield Segment.line()


class _Disarmed:
    """A stream on which nothing that is shown gives orders to GitHub's runner."""

    def __init__(self, stream: TextIO) -> None:
        self._stream = stream

    def write(self, text: str) -> int:
        return self._stream.write(disarmed(text))

    def __getattr__(self, name: str) -> object:
        return getattr(self._stream, name)


def prose(text: str, style: str = "") -> Group:
    """Paragraphs of a card or a finding, ready to be wrapped."""
    return Group(*(_paragraph(line, style) for line in clean(text).split("\n")))


def command(text: str, what: str = "") -> Text:
    """A command to copy, and what it is for."""
    out = Text(clean(text), no_wrap=True)
    return out.append(f"  {what}", style="dim") if what else out


def coded(text: str, style: str = "") -> Text:
    """One paragraph with `code` standing out."""
    out = Text(style=style)
    place = 0
    for match in _CODE.finditer(text):
        out.append(text[place : match.start()])
        code = match[0].replace(" ", _KEPT_SPACE) if len(match[0]) <= _KEPT_TOGETHER else match[0]
        out.append(code, style="bold cyan")
        place = match.end()
    return out.append(text[place:])


def _paragraph(line: str, style: str) -> Text:
    text = coded(line, style)
    if line[:1].isspace():
        text.no_wrap = True
        text.overflow = "ignore"
    return text
