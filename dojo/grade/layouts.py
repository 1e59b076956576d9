"""How a pile is arranged, and so whose file is whose: recognised from the paths alone.

Moodle's folders and Canvas's names are those that their downloads of all submissions have:
``Surname Given_12345_assignsubmission_file_`` (participant's id) and
``surnamegiven_LATE_12345_67890_name.py`` (user's id, submission's id; late ones are marked).
"""

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from itertools import takewhile

from dojo.grade.placing import Placing

Parts = tuple[str, ...]

NAMES = ("moodle", "canvas", "clones", "folders", "flat", "one-person")
_SENTENCES = {
    "moodle": "Moodle's download: a folder or a file for each person",
    "canvas": "Canvas's download: the person stands in each file's name",
    "clones": "a working copy for each person",
    "folders": "a folder for each person",
    "flat": "files of everybody side by side, the person in each name",
    "one-person": "the files of one person",
}
_MOODLE = re.compile(
    r"(?P<name>.+?)_(?P<id>\d+)_assignsubmission_(?:file|onlinetext)_?(?P<rest>.*)"
)
_CANVAS = re.compile(r"(?P<name>[^_]+)_(?:LATE_)?(?P<id>\d{2,})_\d{2,}_(?P<rest>.+)")
_COPY = re.compile(r"[\s_-]*\(\d+\)$")
_ENOUGH = 0.5  # of the files that fit a layout


@dataclass(frozen=True)
class Owner:
    """Whose file it is, as far as its path says.

    Attributes:
        name: of the person.
        number: what the course system calls them by; empty where it doesn't.
        rest: the path without what names the person.
    """

    name: str
    number: str
    rest: Parts


@dataclass(frozen=True)
class Layout:
    """How a pile is arranged.

    Attributes:
        name: one of `NAMES`.
        owner: whose file has this path; None where it doesn't say.
    """

    name: str
    owner: Callable[[Parts], Owner | None]

    @property
    def sentence(self) -> str:
        """What it is, for people."""
        return _SENTENCES[self.name]


def recognise(
    paths: Sequence[Parts],
    pile: str,
    placing: Placing,
    clones: Collection[Parts] = (),
    insisted: str | None = None,
) -> Layout:
    """The layout of a pile.

    Args:
        paths: of its Python files.
        pile: its name.
        placing: knows what is the name of a kata.
        clones: folders that are working copies of git.
        insisted: the name of the layout, if it was said.
    """
    base = _base(paths, placing)
    below = [p[len(base) :] for p in paths]
    name = insisted or _name(paths, below, placing, {c[: len(base) + 1] for c in clones})
    if name == "moodle":
        return Layout(name, lambda path: _by_pattern(_MOODLE, path))
    if name == "canvas":
        return Layout(name, lambda path: _by_pattern(_CANVAS, path))
    if name == "one-person":
        called = base[-1] if base else pile
        return Layout(name, lambda path: Owner(called, "", path[len(base) :]))
    if name == "flat":
        return Layout(name, lambda path: _in_name(path[len(base) :], placing))
    shared = _shared_beginning({p[0] for p in below if len(p) > 1}) if name == "clones" else ""
    return Layout(name, lambda path: _in_folder(path[len(base) :], shared, placing))


def _name(
    paths: Sequence[Parts], below: Sequence[Parts], placing: Placing, clones: Collection[Parts]
) -> str:
    if _share(_by_pattern(_MOODLE, p) is not None for p in paths) >= _ENOUGH:
        return "moodle"
    if _share(_by_pattern(_CANVAS, p) is not None for p in paths) >= _ENOUGH:
        return "canvas"
    tops = {p[0] for p in below if len(p) > 1 and not placing.is_place(p[0])}
    if tops:
        return "clones" if len(tops) > 1 and len(clones) * 2 >= len(tops) else "folders"
    owners = [_in_name(p, placing) for p in below]
    known = Counter(o.name for o in owners if o is not None)
    return (
        "flat"
        if len(below) > 1 and known and sum(known.values()) > len(below) / 2
        else ("one-person")
    )


def _base(paths: Sequence[Parts], placing: Placing) -> Parts:
    """The folders around everything, of which none is a person's unless it is the only one."""
    common = _common([p[:-1] for p in paths])
    for i, part in enumerate(common):
        if placing.is_place(part):
            return common[:i]
    return common


def _by_pattern(pattern: re.Pattern[str], path: Parts) -> Owner | None:
    for i, part in enumerate(path):
        if found := pattern.fullmatch(part):
            rest = ((found["rest"],) if found["rest"] else ()) + path[i + 1 :]
            return Owner(found["name"].strip(), found["id"], rest or (part,))
    return None


def _in_folder(path: Parts, shared: str, placing: Placing) -> Owner | None:
    if len(path) < 2 or placing.is_place(path[0]):
        return _in_name(path, placing)
    name = path[0].removeprefix(shared) or path[0]
    return Owner(name, "", (*([shared] if shared else []), *path[1:]))


def _in_name(path: Parts, placing: Placing) -> Owner | None:
    """The person in the name of a file: what is left without the name of the kata."""
    stem = _COPY.sub("", path[-1].removesuffix(".py"))
    found = placing.mention(stem)
    name = stem[: found.start] + " " + stem[found.end :] if found is not None else stem
    name = name.strip(" _-.,+&")
    return Owner(name, "", path) if name else None


def _shared_beginning(names: Iterable[str]) -> str:
    """What `exercise-name-login` of everybody begins with, up to a hyphen."""
    common = "".join(_common([tuple(name) for name in names]))
    return common[: common.rfind("-") + 1]


def _common(paths: Collection[Parts]) -> Parts:
    """What all of these begin with."""
    if not paths:
        return ()
    low, high = min(paths), max(paths)
    same = takewhile(lambda pair: pair[0] == pair[1], zip(low, high, strict=False))
    return tuple(part for part, _ in same)


def _share(fits: Iterable[bool]) -> float:
    known = list(fits)
    return sum(known) / len(known) if known else 0.0
