"""Who is told what happens in a watch: a live room, or nobody."""

from collections.abc import Callable
from typing import Protocol

from dojo.course.catalog import Kata
from dojo.desk.subject import Subject
from dojo.verdict import Verdict


class Said(Protocol):
    """What a room says: how things stand, the instructor's line to all, and a timer."""

    @property
    def quiet(self) -> str:
        """How things stand; empty for nothing."""
        ...

    @property
    def loud(self) -> str:
        """The line to all; empty for none."""
        ...

    @property
    def timer(self) -> str:
        """How long a timer still runs; empty for none."""
        ...


class Company(Protocol):
    """A live room; none of its methods waits for it."""

    def listen(self, changed: Callable[[], None]) -> None:
        """Begin; ``changed`` is called, from any thread, when there is something to read."""

    def begun(self, kata: Kata) -> None:
        """A kata is on the screen."""

    def checked(self, subject: Subject, verdict: Verdict) -> None:
        """A save was judged."""

    def hinted(self, kata: Kata, level: int) -> None:
        """So many hints were shown."""

    def withholds(self, kata: Kata) -> str:
        """Why a solution isn't to be shown yet, in a sentence; empty if it may be."""
        ...

    def said(self, kata: Kata) -> Said | None:
        """What there is to read now."""
        ...

    def close(self) -> None:
        """End it."""


class Alone:
    """Nobody is told anything."""

    def listen(self, changed: Callable[[], None]) -> None:
        """There is nobody to listen to."""

    def begun(self, kata: Kata) -> None:
        """Nobody is told."""

    def checked(self, subject: Subject, verdict: Verdict) -> None:
        """Nobody is told."""

    def hinted(self, kata: Kata, level: int) -> None:
        """Nobody is told."""

    def withholds(self, kata: Kata) -> str:
        """Nobody minds."""
        return ""

    def said(self, kata: Kata) -> Said | None:
        """Nobody says anything."""
        return None

    def close(self) -> None:
        """Nothing is to end."""
