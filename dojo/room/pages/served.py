"""The files that pages ask for: a closed list, with addresses that change when they do."""

from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from importlib import resources

_KINDS = {"css": "text/css", "js": "text/javascript", "svg": "image/svg+xml"}


@dataclass(frozen=True)
class File:
    """A file's bytes, its type, and a digest of what all files hold."""

    content: bytes
    kind: str


@cache
def files() -> dict[str, File]:
    """All files by name."""
    folder = resources.files("dojo.room.pages") / "static"
    return {
        entry.name: File(entry.read_bytes(), _KINDS[entry.name.rpartition(".")[2]])
        for entry in folder.iterdir()
        if entry.name.rpartition(".")[2] in _KINDS
    }


@cache
def version() -> str:
    """Names what all files hold together: scripts import one another by bare name."""
    held = b"".join(name.encode() + file.content for name, file in sorted(files().items()))
    return sha256(held).hexdigest()[:12]


def address(name: str) -> str:
    """Where a page finds a file."""
    assert name in files(), name
    return f"/static/{version()}/{name}"
