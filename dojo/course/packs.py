"""Packs of katas: what a pack says of itself, and which pack a command is about.

A pack is a folder with ``pack.toml``, ``katas/``, ``checks/`` and ``solutions/``; the course is
one. Others are named (`--pack`, ``KATA_PACK``), remembered by a workspace, found upwards, or
installed as packages, which tell of themselves by an entry point of the group ``kata.packs``. No
line of a pack is run here.
"""

import difflib
import os
import re
import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from dojo.course.former_ids import COURSE
from dojo.errors import UsageError
from dojo.machine import files

FILE = "pack.toml"
GROUP = "kata.packs"
_MOST_BYTES = 64 * 1024
_NAME = re.compile(r"[a-z][a-z0-9]*(-[a-z0-9]+)*")
_VERSION = re.compile(r"\d+(\.\d+)*((a|b|rc)\d+)?(\.post\d+)?(\.dev\d+)?")
_KEYS = ("name", "title", "version", "licence", "modules", "recaps")
_LESSON = re.compile(r"\d+\.\d+")


@dataclass(frozen=True)
class Pack:
    """What a pack says of itself.

    Attributes:
        name: in kebab-case; it lasts, for progress is kept by it.
        title: a few words.
        version: such as ``1.0``.
        licence: such as ``MIT``; may be empty.
        modules: titles of modules, by number.
        root: the folder with katas/, checks/ and solutions/.
        recaps: ids of the lessons that look back on their module.
    """

    name: str
    title: str
    version: str
    licence: str
    root: Path
    modules: Mapping[str, str] = field(default_factory=dict)
    recaps: tuple[str, ...] = ()


def read(root: Path) -> Pack:
    """The pack in a folder; one without a ``pack.toml`` counts as a copy of the course.

    Raises:
        UsageError: its ``pack.toml`` can't be read; says file and key.
    """
    path = root / FILE
    try:
        table = tomllib.loads(files.read_plain(path, _MOST_BYTES, follow=True).decode())
    except FileNotFoundError:
        return Pack(COURSE, "The PyTorch training loop", "0", "", root)
    except OSError as error:
        raise UsageError(f"{path} can't be read: {error.strerror}.") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise UsageError(f"{path} is no TOML: {error}.") from None
    return _checked(path, table, root)


def is_checkout(root: Path) -> bool:
    """True for a pack's own folder, where authors work; False for an installed copy."""
    if (root / "pyproject.toml").is_file():
        return True
    installed = (root / "__init__.py").exists() or root.parent.name == "dojo"
    return (root / FILE).is_file() and not installed


def installed() -> dict[str, Path]:
    """The folders of the packs that are installed as packages, by name."""
    import importlib.metadata

    found: dict[str, Path] = {}
    for entry in importlib.metadata.entry_points(group=GROUP):
        root = _folder_of(entry.module)
        if root is not None and (root / FILE).is_file():
            found.setdefault(entry.name, root)
    return found


def named(text: str, cwd: Path, course: Path) -> Path:
    """The folder of the pack that a person means by a path or a name.

    Args:
        text: what they wrote.
        cwd: where they are.
        course: the root of the course.

    Raises:
        UsageError: there is no such pack.
    """
    path = cwd / Path(text).expanduser()
    folder = path.parent if path.name == FILE else path
    if (folder / FILE).is_file():
        return folder.resolve()
    looks_like_path = os.sep in text or "/" in text or text in ("", ".", "..")
    if looks_like_path or (path.is_dir() and not _NAME.fullmatch(text)):
        what = f"has no {FILE}" if path.is_dir() else "is no folder"
        raise UsageError(f"'{text}' is no pack: it {what}. `kata pack new {text}` makes one.")
    return by_name(text, course)


def by_name(text: str, course: Path) -> Path:
    """The folder of the course, or of an installed pack.

    Raises:
        UsageError: no pack that there is has this name.
    """
    if text == read(course).name:
        return course
    known = installed()
    if text in known:
        return known[text]
    names = [read(course).name, *known]
    near = difflib.get_close_matches(text, names, n=1, cutoff=0.5)
    hint = f"The nearest is '{near[0]}'." if near else f"There are {', '.join(names)}."
    raise UsageError(
        f"No pack is called '{text}'. {hint} A folder is named by its path, such as ./{text}."
    )


def upwards(cwd: Path) -> Iterator[Path]:
    """This folder and all above it."""
    yield cwd
    yield from cwd.parents


def refuse_foreign(path: Path) -> None:
    """Nothing, unless a file that nobody named decides what code runs, and is somebody else's.

    Raises:
        UsageError: it belongs to another user than root and this one.
    """
    if not hasattr(os, "geteuid"):
        return
    if path.stat().st_uid not in (0, os.geteuid()):
        raise UsageError(
            f"{path} belongs to another user, and a pack's suites run as you. "
            f"`--pack {path.parent}` says that you trust them."
        )


def _folder_of(module: str) -> Path | None:
    """Where a package lies; found without running a line of it."""
    import importlib.util

    first, *rest = module.split(".")
    try:
        spec = importlib.util.find_spec(first)
    except (ImportError, ValueError):
        return None
    places = spec.submodule_search_locations if spec is not None else None
    return Path(next(iter(places)), *rest) if places else None


def _checked(path: Path, table: Mapping[str, Any], root: Path) -> Pack:
    table = {("licence" if k == "license" else k): v for k, v in table.items()}
    for key in table:
        if key not in _KEYS:
            near = difflib.get_close_matches(key, _KEYS, n=1, cutoff=0.5)
            hint = f"the nearest is '{near[0]}'" if near else f"there are {', '.join(_KEYS)}"
            raise UsageError(f"{path}: '{key}' is no key of a pack; {hint}.")
    for key in ("name", "title", "version"):
        if key not in table:
            raise UsageError(f"{path}: '{key}' is missing.")
    for key in ("name", "title", "version", "licence"):
        if not isinstance(table.get(key, ""), str):
            raise UsageError(f"{path}: '{key}' is a text, in quotes.")
    if not _NAME.fullmatch(table["name"]):
        raise UsageError(f"{path}: the name is written in kebab-case, such as 'first-steps'.")
    if not _VERSION.fullmatch(table["version"]):
        raise UsageError(f"{path}: the version is a number such as '1.0'.")
    modules = table.get("modules", {})
    if not isinstance(modules, dict) or not all(
        k.isdigit() and isinstance(v, str) for k, v in modules.items()
    ):
        raise UsageError(f'{path}: modules have a title each, such as 1 = "First steps".')
    recaps = table.get("recaps", [])
    if not isinstance(recaps, list) or not all(
        isinstance(lesson, str) and _LESSON.fullmatch(lesson) for lesson in recaps
    ):
        raise UsageError(f'{path}: recaps are ids of lessons, such as ["1.6"].')
    return Pack(
        table["name"],
        table["title"],
        table["version"],
        table.get("licence", ""),
        root,
        modules,
        tuple(recaps),
    )
