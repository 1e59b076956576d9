"""The files of a check's folder, in the learner process: read as bytes, and written."""

from collections.abc import Mapping
from pathlib import Path

MOST = 100  # files
BYTES = 16 * 2**20


def read(folder: Path) -> dict[str, bytes]:
    """The regular files below a folder, by their path in it.

    Raises:
        OSError: there are more, or more bytes, than are looked at.
    """
    found: dict[str, bytes] = {}
    left = BYTES
    for path in sorted(folder.rglob("*")):
        if path.is_symlink() or not path.is_file():
            continue
        with path.open("rb") as file:
            content = file.read(left + 1)
        left -= len(content)
        if left < 0 or len(found) >= MOST:
            raise OSError("the folder holds more than is looked at")
        found[path.relative_to(folder).as_posix()] = content
    return found


def write(folder: Path, files: Mapping[str, bytes]) -> None:
    """Write files, in place of those of the same names."""
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
