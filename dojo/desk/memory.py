"""What a workspace remembers of itself: which pack it is for, and to which katas it is limited.

``.kata/workspace.toml`` is written by `kata init`; a workspace without one is for all of the
course.
"""

import json
import os
import tomllib
from dataclasses import dataclass
from pathlib import Path

from dojo.course import packs
from dojo.course.packs import Pack
from dojo.errors import UsageError
from dojo.machine import files

FILE = "workspace.toml"
_MOST_BYTES = 256 * 1024


@dataclass(frozen=True)
class Memory:
    """What a workspace is for.

    Attributes:
        pack: name of the pack.
        path: folder of the pack, where it is no installed one.
        only: slugs of the katas that belong to it; empty for all.
    """

    pack: str
    path: str | None = None
    only: tuple[str, ...] = ()


def recall(state: Path) -> Memory | None:
    """What the workspace with this ``.kata`` folder remembers, if anything.

    Raises:
        UsageError: it can't be read.
    """
    path = state / FILE
    try:
        files.refuse_link(state)
    except OSError:
        return None  # told by whoever uses the workspace
    try:
        table = tomllib.loads(files.read_plain(path, _MOST_BYTES).decode())
        pack, place, only = table["pack"], table.get("path"), table.get("only", [])
        if not isinstance(pack, str) or not isinstance(place, str | None):
            raise TypeError
        if not isinstance(only, list) or not all(isinstance(slug, str) for slug in only):
            raise TypeError
    except FileNotFoundError:
        return None
    except OSError as error:
        raise UsageError(f"{path} can't be read: {error.strerror}.") from None
    except (KeyError, TypeError, ValueError):
        raise UsageError(
            f"{path} is damaged. Delete it, then `kata init` in this folder writes it anew; "
            "your progress stays."
        ) from None
    return Memory(pack, place, tuple(only))


def remember(state: Path, memory: Memory) -> None:
    """Write down what a workspace is for.

    Raises:
        OSError: it can't be written.
    """
    lines = ["# What this workspace is for; `kata init` writes it."]
    lines.append(f"pack = {_quoted(memory.pack)}")
    if memory.path is not None:
        lines.append(f"path = {_quoted(memory.path)}")
    if memory.only:
        lines += ["only = [", *(f"    {_quoted(slug)}," for slug in memory.only), "]"]
    files.make_folder(state)
    files.replace_whole(state / FILE, ("\n".join(lines) + "\n").encode())


def of(pack: Pack, only: tuple[str, ...], course: Path) -> Memory:
    """What a workspace for this pack has to remember."""
    by_name = pack.root == course or not packs.is_checkout(pack.root)
    return Memory(pack.name, None if by_name else str(pack.root), only)


def root_for(cwd: Path, course: Path) -> Path:
    """The folder of the pack that work in ``cwd`` is about.

    The nearest folder upwards decides that is a workspace or a pack; else it is the course.

    Raises:
        UsageError: that pack isn't there, or is somebody else's.
    """
    for folder in packs.upwards(cwd):
        known = recall(folder / ".kata")
        if known is not None:
            return _root_of(folder, known, course)
        found = folder / packs.FILE
        if found.is_file():
            if folder.resolve() == course:
                return course
            packs.refuse_foreign(found)
            return folder
        if os.path.isdir(folder / ".kata"):
            return course
    return course


def _quoted(text: str) -> str:
    return json.dumps(text, ensure_ascii=False)


def _root_of(folder: Path, known: Memory, course: Path) -> Path:
    if known.path is not None and (Path(known.path) / packs.FILE).is_file():
        packs.refuse_foreign(folder / ".kata" / FILE)
        packs.refuse_foreign(Path(known.path) / packs.FILE)
        return Path(known.path)
    try:
        return packs.by_name(known.pack, course)
    except UsageError:
        lost = "isn't installed here. Install it, or name"
        if known.path is not None:
            lost = f"isn't in {known.path} any more. Name"
        raise UsageError(
            f"This workspace ({folder}) is for the pack '{known.pack}', which {lost} "
            "its folder by `--pack DIR`."
        ) from None
