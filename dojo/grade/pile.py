"""What was handed in, as one stream of Python files: folders and archives, one in another.

Nothing is followed out of the pile, nothing in it is run, and nothing is unpacked to a place that
it names. What isn't read is told, entry by entry, and the rest goes on.
"""

import os
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from dojo.desk.workspace import MAX_BYTES, why
from dojo.errors import UsageError
from dojo.grade import archives
from dojo.grade.archives import Budget, Member, RefusedError, SpentError
from dojo.machine import files

MOST_ENTRIES = 100_000  # of a pile, without those of archives in it
MOST_NESTED = 10_000  # entries of an archive in a pile, with those of archives in that
MOST_DEPTH = 3  # archives in archives
MOST_UNPACKED = 16 * 2**30  # bytes of a pile's archives
MOST_ARCHIVE = 256 * 2**20  # bytes of an archive in a pile, with those of archives in that
MOST_TOLD = 20  # things of one folder that aren't read, each with its reason
STORE = ".kata-grade"
"""The folder that makes another one the results of a grading."""
NO_PYTHON = "it is no Python file"
_NOISE = ("__pycache__", "__MACOSX", "node_modules", "venv")
_QUIET = ("readme.md", "thumbs.db", "desktop.ini")


@dataclass(frozen=True)
class Entry:
    """One Python file of a pile.

    Attributes:
        parts: its folders and its name, an archive counting as a folder called without suffix.
        place: the same for people.
        modified: seconds since 1970, by the word of whoever packed it.
        content: its bytes, at most one more than an answer may have.
    """

    parts: tuple[str, ...]
    place: str
    modified: float
    content: bytes


@dataclass(frozen=True)
class Left:
    """Something that isn't judged, and the reason, as a part of a sentence."""

    place: str
    reason: str


@dataclass
class Pile:
    """One folder or archive that was named, and what was found out while it was read.

    Attributes:
        path: where it is.
        left: what wasn't read.
        untold: how many more weren't.
        clones: the folders, by their parts, that are working copies of git.
    """

    path: Path
    left: list[Left] = field(default_factory=list)
    untold: int = 0
    clones: set[tuple[str, ...]] = field(default_factory=set)
    _told: dict[tuple[str, ...], int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._budget = Budget(MOST_ENTRIES, MOST_UNPACKED, "the pile")

    @property
    def name(self) -> str:
        """What the person calls it."""
        name = self.path.resolve().name or str(self.path)
        suffix = archives.suffix_of(name)
        return name[: -len(suffix)] if suffix else name

    def entries(self) -> Iterator[Entry]:
        """Its Python files.

        Raises:
            UsageError: it can't be read at all.
        """
        try:
            if self.path.is_dir():
                yield from self._folder(self.path, (), ())
                return
            if not os.path.lexists(self.path):
                raise UsageError(f"There is no '{self.path}': name a folder or an archive.")
            if not archives.suffix_of(self.path.name):
                raise UsageError(
                    f"'{self.path}' is neither a folder nor an archive (zip, tar, tar.gz, tar.bz2, "
                    "tar.xz). `kata check ID --file` judges one file."
                )
            with os.fdopen(files.open_plain(self.path, follow=True), "rb") as file:
                yield from self._archive(file, (), (), 0, self._budget)
        except SpentError as error:
            self.leave(("...",), f"{error}: the rest is left")
        except RefusedError as error:
            raise UsageError(f"'{self.path}' can't be read: {error}.") from None
        except OSError as error:
            raise UsageError(f"'{self.path}' can't be read: {why(error)}.") from None

    def leave(self, place: tuple[str, ...], reason: str) -> None:
        """Tell of something that isn't judged."""
        folder = place[:-1]
        self._told[folder] = self._told.get(folder, 0) + 1
        if self._told[folder] <= MOST_TOLD:
            self.left.append(Left("/".join(place), reason))
        else:
            self.untold += 1

    def _folder(
        self, folder: Path, parts: tuple[str, ...], place: tuple[str, ...]
    ) -> Iterator[Entry]:
        if len(parts) > archives.MOST_PARTS:
            self.leave(place, f"it lies {len(parts)} folders deep")
            return
        try:
            found = sorted(os.scandir(folder), key=lambda e: e.name)
        except OSError as error:
            if not parts:
                raise
            self.leave(place, why(error))
            return
        if any(e.name == STORE for e in found):
            return  # what an earlier grading wrote
        for entry in found:
            name = _legible(entry.name)
            if entry.name == ".git":
                self.clones.add(parts)
            if self._skips(name):
                continue
            self._budget.count()
            here, there = (*parts, name), (*place, name)
            try:
                if entry.is_symlink():
                    self.leave(there, "it is a link")
                elif entry.is_dir(follow_symlinks=False):
                    yield from self._folder(Path(entry.path), here, there)
                elif suffix := archives.suffix_of(name):
                    with os.fdopen(files.open_plain(Path(entry.path)), "rb") as file:
                        here = (*parts, name[: -len(suffix)])
                        yield from self._handed_in(file, here, there)
                elif self._is_wanted(there):
                    content = files.read_plain(Path(entry.path), MAX_BYTES + 1)
                    yield Entry(here, "/".join(there), entry.stat().st_mtime, content)
            except OSError as error:
                self.leave(there, why(error))

    def _handed_in(
        self, file: IO[bytes], parts: tuple[str, ...], place: tuple[str, ...]
    ) -> Iterator[Entry]:
        budget = self._share()
        try:
            yield from self._archive(file, parts, place, 1, budget)
        except RefusedError as error:
            if isinstance(error, SpentError) and error.budget is not budget:
                raise
            self.leave(place, str(error))

    def _archive(
        self,
        file: IO[bytes],
        parts: tuple[str, ...],
        place: tuple[str, ...],
        depth: int,
        budget: Budget,
    ) -> Iterator[Entry]:
        """The Python files of an archive.

        Raises:
            RefusedError: it, or the rest of it, can't be read.
        """
        if depth > MOST_DEPTH:
            raise RefusedError(f"it is an archive in an archive, {depth} deep")
        seen: set[str] = set()
        try:
            with archives.opened(file, budget) as members:
                for member in members:
                    budget.count()
                    yield from self._member(member, parts, place, depth, seen, budget)
        except archives.BROKEN as error:
            raise RefusedError(f"it is damaged ({_words(error)})") from None

    def _member(
        self,
        member: Member,
        parts: tuple[str, ...],
        place: tuple[str, ...],
        depth: int,
        seen: set[str],
        budget: Budget,
    ) -> Iterator[Entry]:
        shown = (*place, _legible(member.name[:100]))
        try:
            inner = archives.parts_of(member.name)
            if any(map(self._skips, inner)):
                if ".git" in inner:
                    self.clones.add((*parts, *inner[: inner.index(".git")]))
                return
            archives.refuse_member(member)
            if member.kind == "a folder":
                return
            shown = (*place, *inner)
            if archives.same_name(inner) in seen:
                raise RefusedError("another file of this name is there already")
            seen.add(archives.same_name(inner))
            if suffix := archives.suffix_of(inner[-1]):
                here = (*parts, *inner[:-1], inner[-1][: -len(suffix)])
                theirs = budget if depth else self._share()
                with self._spooled(member, theirs) as file:
                    yield from self._archive(file, here, shown, depth + 1, theirs)
            elif self._is_wanted(shown):
                content = self._bytes(member, budget)
                yield Entry((*parts, *inner), "/".join(shown), member.modified, content)
        except RefusedError as error:
            if isinstance(error, SpentError) and error.budget in (budget, self._budget):
                raise
            self.leave(shown, str(error))

    def _share(self) -> Budget:
        """What one archive in the pile may take of all."""
        return Budget(MOST_NESTED, MOST_ARCHIVE, "it", self._budget)

    def _bytes(self, member: Member, budget: Budget) -> bytes:
        """The bytes of an entry, one more than an answer may have at most.

        Raises:
            RefusedError: it is damaged.
        """
        try:
            with member.open() as stream:
                content = stream.read(MAX_BYTES + 1)
        except archives.BROKEN as error:
            raise RefusedError(f"it is damaged ({_words(error)})") from None
        if member.packed is not None:  # else what is read was counted when it was unpacked
            budget.spend(len(content))
        return content

    def _spooled(self, member: Member, budget: Budget) -> IO[bytes]:
        """A nameless temporary file with the bytes of an archive that lies in another.

        Raises:
            RefusedError: it is damaged or too large.
        """
        file = tempfile.TemporaryFile()  # noqa: SIM115  (it is handed on)
        try:
            with member.open() as stream:
                while data := stream.read(2**20):
                    budget.spend(len(data))
                    file.write(data)
        except archives.BROKEN as error:
            file.close()
            raise RefusedError(f"it is damaged ({_words(error)})") from None
        except BaseException:
            file.close()
            raise
        file.seek(0)
        return file

    def _is_wanted(self, place: tuple[str, ...]) -> bool:
        """Whether this is a Python file; tells of what somebody may have meant as an answer."""
        name = place[-1].lower()
        if name.endswith(".py"):
            return True
        if archives.is_other_archive(name):
            self.leave(place, "archives of this kind aren't read: zip and tar are")
        elif name not in _QUIET:
            self.leave(place, NO_PYTHON)
        return False

    @staticmethod
    def _skips(name: str) -> bool:
        return name.startswith(".") or name in _NOISE


def _legible(name: str) -> str:
    return name.encode("utf-8", "replace").decode("utf-8")


def _words(error: BaseException) -> str:
    """What is wrong, in a line that names no path of this machine."""
    text = (why(error) if isinstance(error, OSError) else str(error)) or type(error).__name__
    return text.splitlines()[0][:100]
