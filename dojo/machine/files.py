"""Opening files that anybody may have put there: plain ones, and nothing that waits or leads away.

A named pipe makes a reader wait for ever, a device has no end, and a link below ``.kata/`` would
let a program that only keeps progress write anywhere. So files are opened without waiting and
looked at before they are read; what isn't a plain file is a `NotPlainError`, whose text says what
it is instead.
"""

import contextlib
import os
import stat
from collections.abc import Collection, Iterable
from pathlib import Path

_NO_WAIT = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0) | getattr(os, "O_CLOEXEC", 0)
_NO_LINK = getattr(os, "O_NOFOLLOW", 0)
_BINARY = getattr(os, "O_BINARY", 0)


class NotPlainError(OSError):
    """There is something else where a plain file or folder belongs; `strerror` says what."""

    def __init__(self, path: Path, kind: str) -> None:
        super().__init__(None, f"it is {kind}", str(path))
        self.kind = kind


def open_plain(
    path: Path, flags: int = os.O_RDONLY, *, follow: bool = False, mode: int = 0o644
) -> int:
    """A descriptor of a plain file, opened without waiting for anybody.

    Args:
        path: the file.
        flags: as for `os.open`.
        follow: whether the path may be a link.
        mode: who may do what with it, where it is made.

    Raises:
        NotPlainError: it is a link, a folder, a pipe, a device or a socket.
        OSError: it can't be opened.
    """
    try:
        # Looked at before it is opened: opening some devices does something.
        _refuse_strange(path, (path.stat() if follow else path.lstat()).st_mode)
    except FileNotFoundError:
        if not flags & os.O_CREAT:
            raise
    descriptor = os.open(path, flags | _NO_WAIT | _BINARY | (0 if follow else _NO_LINK), mode)
    try:
        _refuse_strange(path, os.fstat(descriptor).st_mode)
    except OSError:
        os.close(descriptor)
        raise
    return descriptor


def read_plain(path: Path, most: int, *, follow: bool = False) -> bytes:
    """The bytes of a plain file, at most ``most`` of them.

    Raises:
        OSError: as `open_plain`.
    """
    with os.fdopen(open_plain(path, follow=follow), "rb") as file:
        data: bytes | None = file.read(most)  # None where the system's own files let one wait
    if data is None:
        raise NotPlainError(path, "a file that gives nothing yet")
    return data


def write_new(path: Path, content: bytes, mode: int = 0o644) -> None:
    """Write a file that must not be there yet, whatever it is.

    Args:
        path: the file.
        content: all of it.
        mode: who may do what with it.

    Raises:
        FileExistsError: it is there.
        OSError: it can't be written.
    """
    descriptor = open_plain(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, mode=mode)
    with os.fdopen(descriptor, "wb") as file:
        file.write(content)


def replace_whole(path: Path, content: bytes, mode: int = 0o644) -> None:
    """Write a file under another name first: it is whole or it is as it was.

    Args:
        path: the file.
        content: all of it.
        mode: who may do what with it.

    Raises:
        OSError: it can't be written.
    """
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.unlink(missing_ok=True)
    try:
        write_new(part, content, mode)
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)


def write_part(path: Path, pieces: Iterable[bytes]) -> tuple[Path, str]:
    """Write beside a file what may replace it, piece by piece.

    Returns:
        Where it is, and the SHA-256 of it in hexadecimal.

    Raises:
        OSError: it can't be written; nothing is left then.
    """
    import hashlib  # slow to import, and most commands hash nothing

    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.unlink(missing_ok=True)
    whole = hashlib.sha256()
    try:
        with os.fdopen(open_plain(part, os.O_WRONLY | os.O_CREAT | os.O_EXCL), "wb") as file:
            for piece in pieces:
                whole.update(piece)
                file.write(piece)
    except BaseException:
        part.unlink(missing_ok=True)
        raise
    return part, whole.hexdigest()


def digest_plain(path: Path) -> str:
    """The SHA-256 of a plain file, however large, in hexadecimal.

    Raises:
        OSError: as `open_plain`.
    """
    import hashlib

    with os.fdopen(open_plain(path), "rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sweep_parts(folder: Path, names: Collection[str]) -> None:
    """Remove what killed commands were about to write here; raises nothing.

    Args:
        folder: where to look.
        names: of the files that were to be replaced; what has another name is not ours.

    The names of what is left end in the number of the process that wrote it: one that lives keeps
    its own.
    """
    if os.name == "nt":  # there is no asking for a process there
        return
    with contextlib.suppress(OSError), os.scandir(folder) as entries:
        for name in [e.name for e in entries if e.name.endswith(".part")]:
            whole, _, number = name.removesuffix(".part").rpartition(".")
            ours = whole.removeprefix(".") in names and number.isdecimal()
            if ours and not _lives(int(number)):
                with contextlib.suppress(OSError):
                    os.unlink(folder / name)


def _lives(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except (OSError, OverflowError):
        return True
    return number > 0


def make_folder(base: Path, *names: str) -> Path:
    """The folder ``base/name/name``, made where it is missing; none of the names is a link.

    Raises:
        NotPlainError: one of them is something else than a folder.
        OSError: it can't be made.
    """
    base.parent.mkdir(parents=True, exist_ok=True)
    folder = base
    for name in ("", *names):
        folder = folder / name
        try:
            folder.mkdir()
        except FileExistsError:
            mode = folder.lstat().st_mode
            if not stat.S_ISDIR(mode):
                raise NotPlainError(folder, kind_of(mode)) from None
    return folder


def refuse_link(folder: Path) -> None:
    """Nothing, unless something else than a folder is there.

    Raises:
        NotPlainError: it is a link, or no folder.
    """
    try:
        mode = folder.lstat().st_mode
    except FileNotFoundError:
        return
    if not stat.S_ISDIR(mode):
        raise NotPlainError(folder, kind_of(mode))


def kind_of(mode: int) -> str:
    """What a file's mode says that it is: ``a link``, ``a folder``, ..., or ``a plain file``."""
    kinds = {
        stat.S_ISLNK: "a link",
        stat.S_ISDIR: "a folder",
        stat.S_ISFIFO: "a named pipe",
        stat.S_ISCHR: "a device",
        stat.S_ISBLK: "a device",
        stat.S_ISSOCK: "a socket",
    }
    return next((words for is_it, words in kinds.items() if is_it(mode)), "a plain file")


def leads_out(path: Path, folder: Path) -> Path | None:
    """Where a path really leads, if that is outside ``folder``; None while it stays inside."""
    real = Path(os.path.realpath(path))
    return None if real.is_relative_to(os.path.realpath(folder)) else real


def _refuse_strange(path: Path, mode: int) -> None:
    if not stat.S_ISREG(mode):
        raise NotPlainError(path, kind_of(mode))
