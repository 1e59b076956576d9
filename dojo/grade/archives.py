"""Archives that anybody may have made: their entries one by one, and nothing of them on the disk.

What an entry says of itself is not believed. Names are judged before anything is read, what is read
is bounded, and no path that an entry names is ever opened. zipfile and tarfile take the formats
apart; the bounds are ours.
"""

import bz2
import gzip
import io
import lzma
import re
import stat
import struct
import tarfile
import time
import unicodedata
import zipfile
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import IO, cast

MOST_NAME = 1000  # characters of an entry's whole name
MOST_PART = 255  # characters of one folder's or file's name
MOST_PARTS = 40
MOST_RATIO = 200  # what an entry may unpack to, by what it takes
LEAST_JUDGED = 200_000  # bytes; smaller ones may have any ratio
_MOST_TAR_HEADER = 64 * 1024  # bytes of a name or of attributes that stand before an entry
_MOST_LISTED = 1024  # bytes for each entry of a zip archive's list, on average
_ZIP_END = 22 + 0xFFFF  # bytes in which a zip archive's last record begins
_SUFFIXES = (".tar.gz", ".tar.bz2", ".tar.xz", ".tgz", ".tbz2", ".tbz", ".txz", ".tar", ".zip")
_OTHERS = (".7z", ".rar", ".gz", ".bz2", ".xz", ".zst")
_STRANGE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_DRIVE = re.compile(r"^[A-Za-z]:")
BROKEN = (
    *(zipfile.BadZipFile, tarfile.TarError, zlib.error, lzma.LZMAError, struct.error, EOFError),
    *(OSError, ValueError, RuntimeError, NotImplementedError, OverflowError, MemoryError),
    *(KeyError, IndexError, AttributeError, TypeError),
)
"""What the two modules raise about archives that are damaged, or made to look so."""


class RefusedError(Exception):
    """Something of an archive is not read; the text is the reason, as a part of a sentence."""


@dataclass
class Budget:
    """What may be read of a pile, or of one archive in it, so that nobody uses up another's.

    Attributes:
        entries: files and folders, at most.
        size: bytes that are unpacked, at most.
        whose: what has it, for people.
        outer: that of the pile, from which this one's bytes are taken too.
    """

    entries: int
    size: int
    whose: str
    outer: "Budget | None" = None
    _counted: int = 0
    _spent: int = 0

    def count(self) -> None:
        """One entry more.

        Raises:
            SpentError: that is one too many.
        """
        self._counted += 1
        if self._counted > self.entries:
            raise SpentError(self, f"{self.whose} has more than {self.entries:,} entries")

    def spend(self, size: int) -> None:
        """So many bytes more.

        Raises:
            SpentError: that is too much.
        """
        self._spent += size
        if self._spent > self.size:
            mega = self.size // 10**6
            raise SpentError(self, f"{self.whose} unpacks to more than {mega:,} MB")
        if self.outer is not None:
            self.outer.spend(size)


class SpentError(RefusedError):
    """Nothing more is read of what a budget is for."""

    def __init__(self, budget: Budget, reason: str) -> None:
        super().__init__(reason)
        self.budget = budget


@dataclass(frozen=True)
class Member:
    """One entry of an archive, as it describes itself.

    Attributes:
        name: as it stands there.
        kind: "a file", "a folder", or what else it is.
        size: bytes, by its own word.
        packed: bytes that it takes, where that is known.
        modified: seconds since 1970.
        open: a stream of its bytes; to be used before the next entry is asked for.
    """

    name: str
    kind: str
    size: int
    packed: int | None
    modified: float
    open: Callable[[], IO[bytes]]


def suffix_of(name: str) -> str:
    """The ending that makes this the name of an archive; empty where it is none."""
    lower = name.lower()
    return next((name[-len(s) :] for s in _SUFFIXES if lower.endswith(s)), "")


def is_other_archive(name: str) -> bool:
    """Whether this is the name of an archive of a kind that isn't read."""
    return name.lower().endswith(_OTHERS) and not suffix_of(name)


def parts_of(name: str) -> tuple[str, ...]:
    """The folders and the file that an entry's name says.

    Raises:
        RefusedError: no file of an honest archive is called so.
    """
    if len(name) > MOST_NAME:
        raise RefusedError(f"its name has {len(name)} characters")
    if _STRANGE.search(name):
        raise RefusedError("its name holds characters that can't be seen")
    plain = unicodedata.normalize("NFC", name.replace("\\", "/"))
    if plain.startswith("/") or _DRIVE.match(plain):
        raise RefusedError("its path is absolute")
    parts = tuple(p for p in plain.split("/") if p not in ("", "."))
    if ".." in parts:
        raise RefusedError("its path climbs out of the archive")
    if len(parts) > MOST_PARTS:
        raise RefusedError(f"it lies {len(parts)} folders deep")
    if any(len(p) > MOST_PART for p in parts):
        raise RefusedError("a part of its name is too long")
    if not parts:
        raise RefusedError("it has no name")
    return parts


def same_name(parts: tuple[str, ...]) -> str:
    """What two names have in common that would be one file on some system."""
    return "/".join(parts).casefold()


def refuse_member(member: Member) -> None:
    """Nothing, unless an entry is no plain file, or packed in a way that only bombs are.

    Raises:
        RefusedError: so it is.
    """
    if member.kind not in ("a file", "a folder"):
        raise RefusedError(f"it is {member.kind}")
    packed = member.packed
    if packed is not None and member.size > max(LEAST_JUDGED, MOST_RATIO * packed):
        raise RefusedError(f"it unpacks to {member.size // max(packed, 1)} times its size")


@contextmanager
def opened(file: IO[bytes], budget: Budget) -> Iterator[Iterator[Member]]:
    """The entries of an archive, whatever its name says that it is.

    Args:
        file: the archive; can be moved about in.
        budget: what may be unpacked of it, whether it is wanted or passed over.

    Raises:
        RefusedError: it is none of those that are read, or has a list of endless length.
    """
    head = file.read(262)
    file.seek(0)
    if head.startswith(b"PK"):
        with zipfile.ZipFile(
            cast("IO[bytes]", _ShortReads(file, budget.entries * _MOST_LISTED))
        ) as archive:
            _require_all(file, len(archive.infolist()))
            yield _in_zip(archive)
        return
    unpacked = _unpacked(file, head)
    if unpacked is None:
        raise RefusedError("it is no zip and no tar archive, whatever its name says")
    stream = cast("IO[bytes]", _Counted(unpacked, budget))
    with tarfile.open(fileobj=stream, mode="r|", tarinfo=_Header) as archive:
        yield _in_tar(archive)


def _require_all(file: IO[bytes], found: int) -> None:
    """Nothing, unless the end of a zip archive tells of other entries than its list has.

    Raises:
        zipfile.BadZipFile: so it does; zipfile takes a damaged list for a short one.
    """
    file.seek(max(file.seek(0, 2) - _ZIP_END, 0))
    _, mark, end = file.read().rpartition(b"PK\x05\x06")
    told = int.from_bytes(end[6:8], "little")
    if mark and told not in (found, 0xFFFF):
        raise zipfile.BadZipFile(f"it tells of {told} entries, and lists {found}")


def _in_zip(archive: zipfile.ZipFile) -> Iterator[Member]:
    for info in archive.infolist():
        kind = _kind(info.external_attr >> 16, info.is_dir())
        if info.flag_bits & 0x1:
            kind = "encrypted"
        yield Member(
            name=_zip_name(info),
            kind=kind,
            size=info.file_size,
            packed=info.compress_size,
            modified=_zip_time(info),
            open=lambda info=info: archive.open(info),
        )


def _zip_name(info: zipfile.ZipInfo) -> str:
    """The name; some programs write UTF-8 without saying so."""
    name = info.orig_filename
    if not info.flag_bits & 0x800:
        try:
            return name.encode("cp437").decode("utf-8")
        except ValueError:
            pass
    return name


def _zip_time(info: zipfile.ZipInfo) -> float:
    try:
        return time.mktime((*info.date_time, 0, 0, -1))
    except (ValueError, OverflowError):
        return 0.0


def _kind(mode: int, folder: bool) -> str:
    kinds = {
        stat.S_IFLNK: "a link",
        stat.S_IFIFO: "a named pipe",
        stat.S_IFCHR: "a device",
        stat.S_IFBLK: "a device",
        stat.S_IFSOCK: "a socket",
    }
    return kinds.get(stat.S_IFMT(mode), "a folder" if folder else "a file")


def _in_tar(archive: tarfile.TarFile) -> Iterator[Member]:
    for info in archive:
        vars(archive)["members"] = []  # else all are kept, however many there are
        yield Member(
            name=info.name,
            kind=_tar_kind(info),
            size=info.size,
            packed=None,
            modified=float(info.mtime),
            open=lambda info=info: _tar_stream(archive, info),
        )
    stream = archive.fileobj
    while stream is not None and stream.read(2**16):
        pass  # what compresses it tells of damage at its end only


def _tar_kind(info: tarfile.TarInfo) -> str:
    if info.isdir():
        return "a folder"
    if info.issym() or info.islnk():
        return "a link"
    if info.isfifo():
        return "a named pipe"
    if info.isdev():
        return "a device"
    return "a file" if info.isreg() and not info.issparse() else "of a kind that isn't read"


def _tar_stream(archive: tarfile.TarFile, info: tarfile.TarInfo) -> IO[bytes]:
    stream = archive.extractfile(info)
    if stream is None:
        raise RefusedError("it holds nothing")
    return stream


class _Header(tarfile.TarInfo):
    """A header that is told where it is damaged, or longer than any honest one.

    By itself tarfile takes a damaged header for the end of the archive, and reads a name as a
    whole, however long.
    """

    @classmethod
    def frombuf(cls, buf: bytes | bytearray, encoding: str, errors: str) -> "_Header":
        try:
            info = super().frombuf(buf, encoding, errors)
        except tarfile.HeaderError as error:
            if buf and not any(buf):  # the end, as it should be
                raise
            raise tarfile.ReadError(f"it breaks off: {error}") from None
        kinds = (*(tarfile.XHDTYPE, tarfile.XGLTYPE, tarfile.SOLARIS_XHDTYPE),)
        kinds += (tarfile.GNUTYPE_LONGNAME, tarfile.GNUTYPE_LONGLINK)
        if info.type in kinds and info.size > _MOST_TAR_HEADER:
            raise tarfile.ReadError(f"an entry has a header of {info.size} bytes")
        return info


def _unpacked(file: IO[bytes], head: bytes) -> IO[bytes] | None:
    if head.startswith(b"\x1f\x8b"):
        return cast("IO[bytes]", gzip.GzipFile(fileobj=file))
    if head.startswith(b"BZh"):
        return cast("IO[bytes]", bz2.BZ2File(file))
    if head.startswith(b"\xfd7zXZ"):
        return cast("IO[bytes]", lzma.LZMAFile(file))
    return file if head[257:262] == b"ustar" else None


class _Counted(io.RawIOBase):
    """A stream of which every byte is counted."""

    def __init__(self, stream: IO[bytes], budget: Budget) -> None:
        self._stream = stream
        self._budget = budget

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1, /) -> bytes:
        data = self._stream.read(size if size >= 0 else 2**20)
        self._budget.spend(len(data))
        return data


class _ShortReads:
    """A file of which nothing is read that is longer than the list of an honest archive.

    zipfile reads that list as a whole, however long it says it is, and keeps each entry of it.
    """

    def __init__(self, file: IO[bytes], most: int) -> None:
        self._file = file
        self._most = max(most, 2**20)
        self.seek = file.seek
        self.tell = file.tell
        self.seekable = file.seekable
        self.close = file.close

    def read(self, size: int = -1, /) -> bytes:
        if size > self._most:
            raise RefusedError(f"its list of entries has {size:,} bytes")
        return self._file.read(size)
