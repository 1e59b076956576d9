"""This process's private folder for passing files: answers' folders, sockets, what is type-checked.

Everything lies in one folder, ``kata-...`` in the system's temporary folder, which goes with the
process. One that was killed can't clean up: its folder is removed when the next judge starts. The
owner holds a lock in it as long as it lives, so a folder whose lock is free has no owner.
"""

import atexit
import contextlib
import os
import stat
import tempfile
import threading
from pathlib import Path

from dojo.errors import UsageError
from dojo.machine.remove_tree import remove

try:
    import fcntl
except ImportError:  # Windows: nothing is swept there
    fcntl = None

PREFIX = "kata-"
LOCK = "owner"
ROOM = 2**20  # bytes that must be free there
_ONE_AT_A_TIME = threading.Lock()


def folder() -> Path:
    """The private folder; made when it is first asked for, and again if somebody removed it.

    Raises:
        UsageError: the system's temporary folder is full or can't be written.
    """
    global _made
    with _ONE_AT_A_TIME:
        if _made is None or not (_made / LOCK).exists():
            if _made is None:
                atexit.register(_remove)
            _made = _make()
        return _made


def subfolder(name: str) -> Path:
    """A new folder in it, whose name begins so.

    Raises:
        UsageError: see `folder`.
    """
    try:
        return Path(tempfile.mkdtemp(prefix=f"{name}-", dir=folder()))
    except OSError as error:
        raise UsageError(trouble(error)) from None


def sweep() -> None:
    """Remove the folders of processes that were killed; raises nothing."""
    if fcntl is None:
        return
    with contextlib.suppress(OSError):
        for entry in list(os.scandir(tempfile.gettempdir())):
            if entry.name.startswith(PREFIX) and _is_ours(entry.path):
                _remove_if_left(Path(entry.path))


def base() -> str:
    """The system's folder for temporary files.

    Raises:
        UsageError: there is none that can be written.
    """
    try:
        found = tempfile.gettempdir()
    except OSError as error:
        raise UsageError(trouble(error)) from None
    with contextlib.suppress(FileNotFoundError):
        if found == os.getcwd() and found not in (*_named(), *USUAL):
            # Python's last resort, where it may write nowhere else: a person's own folder.
            raise UsageError(trouble(OSError(None, "no place for them can be written")))
    return found


def trouble(error: OSError) -> str:
    """The sentence about a temporary folder that can't be used."""
    why = error.strerror or str(error)
    place = tempfile.tempdir or " or ".join([*_named(), "/tmp"])
    return (
        f"The folder for temporary files can't be used ({why[:1].lower()}{why[1:]}): {place}. "
        "Make room there, or name another in TMPDIR."
    )


# Where a system keeps temporary files; a person may work there, too.
USUAL = ("/tmp", "/var/tmp", "/usr/tmp")
_made: Path | None = None


def _make() -> Path:
    place = base()
    try:
        if os.path.basename(place).startswith(PREFIX):  # that of the process that started this one
            os.makedirs(place, mode=0o700, exist_ok=True)
        made = Path(tempfile.mkdtemp(prefix=PREFIX, dir=place))
        fresh = made / f"{LOCK}.new"
        # Open until the end, not handed on to other programs; locked before it has its name.
        descriptor = os.open(fresh, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
        if fcntl is not None:
            with contextlib.suppress(OSError):  # a file system without locks: nothing is swept
                fcntl.flock(descriptor, fcntl.LOCK_EX)
        _require_room(made, descriptor)
        os.rename(fresh, made / LOCK)
    except OSError as error:
        raise UsageError(trouble(error)) from None
    return made


def _require_room(made: Path, descriptor: int) -> None:
    try:
        os.write(descriptor, bytes(2**16))  # quotas show only when something is written
        os.ftruncate(descriptor, 0)
        if hasattr(os, "statvfs"):
            found = os.statvfs(made)
            if found.f_bavail * found.f_frsize < ROOM:
                raise OSError(None, "no space left on device")
    except OSError:
        os.close(descriptor)
        remove(made)
        raise


def _named() -> list[str]:
    """The folders that the environment names for temporary files."""
    found = (os.environ.get(name) for name in ("TMPDIR", "TEMP", "TMP"))
    return [os.path.abspath(folder) for folder in found if folder]


def _remove() -> None:
    if _made is not None:
        _remove_all(_made)


def _remove_all(path: Path) -> None:
    """Remove a private folder, its lock last: what is left when this is interrupted is swept."""
    with contextlib.suppress(OSError):
        for entry in list(os.scandir(path)):
            if entry.name == LOCK:
                continue
            if entry.is_dir(follow_symlinks=False):
                remove(Path(entry.path))
            else:
                os.unlink(entry.path)
    remove(path)


def _is_ours(path: str) -> bool:
    with contextlib.suppress(OSError):
        found = os.lstat(path)
        return stat.S_ISDIR(found.st_mode) and found.st_uid == os.getuid()
    return False


def _remove_if_left(path: Path) -> None:
    """Remove a folder of ours if nobody holds its lock any more."""
    assert fcntl is not None
    with contextlib.suppress(OSError):
        descriptor = os.open(path / LOCK, os.O_RDWR | os.O_NOFOLLOW)
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
            _remove_all(path)
        finally:
            os.close(descriptor)
