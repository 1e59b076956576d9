"""Drawing with the screens that `kata check` has, for a part of another screen."""

import io
from collections.abc import Callable

from rich.console import Console
from rich.text import Text

from dojo.screens.terminal import MAX_WIDTH, Terminal


def drawn(draw: Callable[[Terminal], None], width: int, colour: bool = True) -> Text:
    """What a function writes on a terminal of this width, as text with its colours."""
    stream = io.TextIOWrapper(io.BytesIO(), encoding="utf-8", newline="\n")
    terminal = Terminal(stream)
    terminal.console = Console(
        file=stream,
        width=max(min(width, MAX_WIDTH), 20),
        force_terminal=colour,
        color_system="standard" if colour else None,
        markup=False,
        highlight=False,
        emoji=False,
        legacy_windows=False,
    )
    draw(terminal)
    stream.flush()
    buffer = stream.detach()
    assert isinstance(buffer, io.BytesIO)
    return Text.from_ansi(buffer.getvalue().decode().rstrip("\n"))
