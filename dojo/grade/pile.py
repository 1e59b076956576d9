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
from dojo.grade.archives import Member, RefusedError
from dojo.machine import files

MOST_ENTRIES = 100_000  # of a pile
MOST_NESTED = 10_000  # entries of one archive in another
MOST_DEPTH = 3  # archives in archives
MOST_UNPACKED = 2 * 2**30  # bytes of a pile's archives
MOST_ARCHIVE = 256 * 2**20  # bytes of one archive in another
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
    _entries: int = 0
    _unpacked: int = 0

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
                yield from self._archive(file, (), (), 0)
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
            if self._skips(name) or not self._counts(place):
                continue
            here, there = (*parts, name), (*place, name)
            try:
                if entry.is_symlink():
                    self.leave(there, "it is a link")
                elif entry.is_dir(follow_symlinks=False):
                    yield from self._folder(Path(entry.path), here, there)
                elif suffix := archives.suffix_of(name):
                    with os.fdopen(files.open_plain(Path(entry.path)), "rb") as file:
                        here = (*parts, name[: -len(suffix)])
                        yield from self._nested(file, here, there, 1)
                elif self._is_wanted(there):
                    content = files.read_plain(Path(entry.path), MAX_BYTES + 1)
                    yield Entry(here, "/".join(there), entry.stat().st_mtime, content)
            except OSError as error:
                self.leave(there, why(error))

    def _nested(
        self, file: IO[bytes], parts: tuple[str, ...], place: tuple[str, ...], depth: int
    ) -> Iterator[Entry]:
        try:
            yield from self._archive(file, parts, place, depth)
        except RefusedError as error:
            self.leave(place, str(error))

    def _archive(
        self, file: IO[bytes], parts: tuple[str, ...], place: tuple[str, ...], depth: int
    ) -> Iterator[Entry]:
        """The Python files of an archive.

        Raises:
            RefusedError: it, or the rest of it, can't be read.
        """
        if depth > MOST_DEPTH:
            raise RefusedError(f"it is an archive in an archive, {depth} deep")
        most = min(MOST_UNPACKED if depth == 0 else MOST_ARCHIVE, MOST_UNPACKED - self._unpacked)
        seen: set[str] = set()
        count = 0
        try:
            with archives.opened(file, most) as members:
                for member in members:
                    count += 1
                    if depth and count > MOST_NESTED:
                        raise RefusedError(f"it has more than {MOST_NESTED:,} entries")
                    if not self._counts(place):
                        return
                    yield from self._member(member, parts, place, depth, seen)
        except archives.BROKEN as error:
            raise RefusedError(f"it is damaged ({_words(error)})") from None

    def _member(
        self,
        member: Member,
        parts: tuple[str, ...],
        place: tuple[str, ...],
        depth: int,
        seen: set[str],
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
                with self._spooled(member) as file:
                    yield from self._archive(file, here, shown, depth + 1)
            elif self._is_wanted(shown):
                content = self._bytes(member)
                yield Entry((*parts, *inner), "/".join(shown), member.modified, content)
        except RefusedError as error:
            self.leave(shown, str(error))

    def _bytes(self, member: Member) -> bytes:
        """The bytes of an entry, one more than an answer may have at most.

        Raises:
            RefusedError: it is damaged.
        """
        try:
            with member.open() as stream:
                content = stream.read(MAX_BYTES + 1)
        except archives.BROKEN as error:
            raise RefusedError(f"it is damaged ({_words(error)})") from None
        self._spend(len(content))
        return content

    def _spooled(self, member: Member) -> IO[bytes]:
        """A nameless temporary file with the bytes of an archive that lies in another.

        Raises:
            RefusedError: it is damaged or too large.
        """
        file = tempfile.TemporaryFile()  # noqa: SIM115  (it is handed on)
        try:
            with member.open() as stream:
                while data := stream.read(2**20):
                    self._spend(len(data))
                    if file.tell() + len(data) > MOST_ARCHIVE:
                        raise RefusedError(f"it is larger than {MOST_ARCHIVE // 10**6} MB")
                    file.write(data)
        except archives.BROKEN as error:
            file.close()
            raise RefusedError(f"it is damaged ({_words(error)})") from None
        except BaseException:
            file.close()
            raise
        file.seek(0)
        return file

    def _spend(self, size: int) -> None:
        self._unpacked += size
        if self._unpacked > MOST_UNPACKED:
            raise RefusedError(f"the archives unpack to more than {MOST_UNPACKED // 10**9} GB")

    def _counts(self, place: tuple[str, ...]) -> bool:
        """Whether one entry more is within the bounds; says once that it isn't."""
        self._entries += 1
        if self._entries == MOST_ENTRIES + 1:
            self.leave(
                (*place, "..."),
                f"the pile has more than {MOST_ENTRIES:,} entries: the rest is left",
            )
        return self._entries <= MOST_ENTRIES

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
