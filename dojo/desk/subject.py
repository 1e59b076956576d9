"""The file that answers a kata: the learner's stub, or one that was named."""

from dataclasses import dataclass
from pathlib import Path

from dojo.course.catalog import Kata
from dojo.desk import workspace as workspaces
from dojo.desk.desk import Desk
from dojo.errors import UsageError
from dojo.request import Request


@dataclass(frozen=True)
class Subject:
    """A file that is judged.

    Attributes:
        kata: what it answers.
        path: where it is.
        shown: its path as people read and click it.
        source: its bytes.
        is_stub: True for the learner's own file, False for one named with ``--file``.
        untouched: True when it is still the stub as it was given.
    """

    kata: Kata
    path: Path
    shown: str
    source: bytes
    is_stub: bool
    untouched: bool

    def request(self, seed: int | None = None, strict: bool = False) -> Request:
        """What a judge is asked about it."""
        return Request(self.kata, self.source, self.shown, seed, strict)


@dataclass(frozen=True)
class Refusal:
    """A file that can't be judged, and the sentence that says why."""

    kata: Kata
    message: str


def subject_of(desk: Desk, kata: Kata, file: Path | None) -> Subject | Refusal:
    """The file that answers a kata: the one named, or the learner's stub."""
    is_stub = file is None
    if not kata.solution_path.is_file():
        return Refusal(kata, without_solutions(kata))
    path = desk.workspace.stub(kata) if file is None else desk.cwd / file
    shown = desk.shown(path) if file is None else str(file)
    try:
        if file is None:
            source = workspaces.read_stub(desk.workspace, kata, shown)
        else:
            source = workspaces.read_subject(path, shown)
    except UsageError as error:
        return Refusal(kata, str(error))
    untouched = is_stub and workspaces.is_untouched(source, kata)
    return Subject(kata, path, shown, source, is_stub, untouched)


def without_solutions(kata: Kata) -> str:
    """The sentence for a kata of a pack that was handed out without its solutions."""
    return (
        f"The pack '{kata.pack}' came without its solutions, so nothing of it can be judged here: "
        "who handed it out judges your files."
    )
