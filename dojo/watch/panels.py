"""What opens above the watch screen: text to read, the list of katas, a question."""

from collections.abc import Callable, Sequence
from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option


class Reading(ModalScreen[None]):
    """Text to scroll through; any of Escape and q closes it.

    Args:
        heading: one line above the text.
        draw: makes the text for a width.
    """

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,enter", "dismiss", "close")]

    def __init__(self, heading: str, draw: Callable[[int], Text]) -> None:
        super().__init__()
        self._heading = heading
        self._draw = draw

    def compose(self) -> ComposeResult:
        with Vertical(classes="panel"):
            yield Static(Text(f"{self._heading}  (Escape closes)", "bold"), classes="heading")
            with VerticalScroll():
                yield Static(id="text")

    def on_resize(self) -> None:
        self.query_one("#text", Static).update(self._draw(self.app.size.width - 8))

    def on_mount(self) -> None:
        self.query_one(VerticalScroll).focus()


class Choosing(ModalScreen[str | None]):
    """A list to choose from, narrowed by what is typed.

    Args:
        heading: one line above the list.
        rows: the id and the line of each choice.
        current: id of the choice that is marked at first.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "close", "close"),
        Binding("down", "move(1)", show=False, priority=True),
        Binding("up", "move(-1)", show=False, priority=True),
    ]

    def __init__(self, heading: str, rows: Sequence[tuple[str, str]], current: str = "") -> None:
        super().__init__()
        self._heading = heading
        self._rows = list(rows)
        self._current = current

    def compose(self) -> ComposeResult:
        with Vertical(classes="panel"):
            words = f"{self._heading}  (type to narrow, Enter chooses, Escape closes)"
            yield Static(Text(words, "bold"), classes="heading")
            yield Input(placeholder="a number or a word", compact=True)
            yield OptionList(compact=True)

    def on_mount(self) -> None:
        self.query_one(OptionList).can_focus = False
        self.query_one(Input).focus()
        self._fill("")

    def on_input_changed(self, event: Input.Changed) -> None:
        self._fill(event.value)

    def on_input_submitted(self) -> None:
        options = self.query_one(OptionList)
        if options.highlighted is not None:
            self.dismiss(options.get_option_at_index(options.highlighted).id)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(event.option.id)

    def action_close(self) -> None:
        self.dismiss(None)

    def action_move(self, step: int) -> None:
        options = self.query_one(OptionList)
        if step > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    def _fill(self, words: str) -> None:
        options = self.query_one(OptionList)
        options.clear_options()
        wanted = words.casefold().split()
        rows = [r for r in self._rows if all(w in r[1].casefold() for w in wanted)]
        options.add_options([Option(Text(line), id=key) for key, line in rows])
        ids = [key for key, _ in rows]
        if ids:
            options.highlighted = ids.index(self._current) if self._current in ids else 0


class Asking(ModalScreen[bool]):
    """A question that only y answers with yes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("y", "answer(True)", "yes"),
        Binding("n,escape,q,enter", "answer(False)", "no"),
    ]

    def __init__(self, question: str) -> None:
        super().__init__()
        self._question = question

    def compose(self) -> ComposeResult:
        with Vertical(classes="panel question"):
            yield Static(Text(f"{self._question}\n\ny yes   n no"))

    def action_answer(self, yes: bool) -> None:
        self.dismiss(yes)
