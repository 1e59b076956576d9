"""Giving katas other numbers (`kata dev move`): their files, cards, and what refers to them.

Slugs stay, and with them what learners have passed.
"""

import re
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from dojo.course.catalog import Catalog, Kata
from dojo.errors import UsageError
from dojo.machine.surroundings import of_the_person

CONTENT = ("katas", "checks", "solutions")
_ID = re.compile(r"(\d+)\.(\d+)\.(\d+)")
_TEXTS = {".py", ".toml", ".md"}


@dataclass(frozen=True)
class Move:
    """One kata's new place.

    Attributes:
        kata: as it is.
        id: the new one.
        folder: of the new lesson.
    """

    kata: Kata
    id: str
    folder: str

    @property
    def stem(self) -> str:
        """Of the new files."""
        return f"k{self.id.rpartition('.')[2]}_{self.kata.stem.partition('_')[2]}"


@dataclass(frozen=True)
class Moved:
    """What was done.

    Attributes:
        moves: the katas that have another number now.
        mentions: ``path:line`` outside of the content where an old number stands: to be looked at.
    """

    moves: tuple[Move, ...]
    mentions: tuple[str, ...]


def move(catalog: Catalog, kata: Kata, to: str) -> Moved:
    """Give a kata another number; those between move by one, so that none is missing or double.

    Args:
        catalog: all katas of a checkout.
        kata: the one.
        to: its new id, such as ``1.3.2``, in a lesson that exists.

    Raises:
        UsageError: there is no such place, or files have changes that git doesn't know.
    """
    moves = _moves(catalog, kata, to)
    _refuse_changes(catalog.root)
    renames = dict(_renames(catalog.root, moves))
    taken = [new for new in renames.values() if new.exists() and new not in renames]
    if taken:
        raise UsageError(f"{taken[0]} is there already; nothing was moved.")
    _rename(renames)
    _rewrite(catalog.root, moves)
    return Moved(moves, tuple(_mentions(catalog.root, moves)))


def _moves(catalog: Catalog, kata: Kata, to: str) -> tuple[Move, ...]:
    number = _ID.fullmatch(to)
    if number is None:
        raise UsageError(f"'{to}' is no id of a kata; it has three numbers, such as 1.3.2.")
    lesson = f"{number[1]}.{number[2]}"
    there = [k for k in catalog.katas if k.lesson_id == lesson and k != kata]
    if not there and kata.lesson_id != lesson:
        raise UsageError(f"There is no lesson {lesson} to move to. `kata dev new` makes one.")
    highest = len(there) + 1
    if not 1 <= int(number[3]) <= highest:
        raise UsageError(f"{lesson}.1 to {lesson}.{highest} are the places in lesson {lesson}.")
    there.insert(int(number[3]) - 1, kata)
    folder = next(k.folder for k in catalog.katas if k.lesson_id == lesson)
    places = [(k, f"{lesson}.{i}", folder) for i, k in enumerate(there, 1)]
    if kata.lesson_id != lesson:
        left = [k for k in catalog.katas if k.lesson_id == kata.lesson_id and k != kata]
        places += [(k, f"{k.lesson_id}.{i}", k.folder) for i, k in enumerate(left, 1)]
    moves = tuple(Move(k, new, folder) for k, new, folder in places if k.id != new)
    if not moves:
        raise UsageError(f"{kata.id} is there already.")
    return moves


def _refuse_changes(root: Path) -> None:
    """Without git nobody could take the move back."""
    command = ["git", "status", "--porcelain", "--", *CONTENT]
    try:
        done = subprocess.run(
            command,
            cwd=root,
            env=of_the_person(),
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError:
        return
    if done.returncode == 0 and done.stdout.strip():
        first = done.stdout.splitlines()[0][3:]
        raise UsageError(
            f"{first} has changes that git doesn't know. Commit them first, so that the move can "
            "be taken back."
        )


def _renames(root: Path, moves: Sequence[Move]) -> Iterator[tuple[Path, Path]]:
    for step in moves:
        stem = step.kata.stem
        named = re.compile(rf"(test_)?{re.escape(stem)}(__\w+|_probe|_survivors)?\.(py|toml)")
        for part in CONTENT:
            for path in sorted((root / part / step.kata.folder).glob(f"*{stem}*")):
                if named.fullmatch(path.name):
                    name = path.name.replace(stem, step.stem, 1)
                    yield path, root / part / step.folder / name


def _rename(renames: Mapping[Path, Path]) -> None:
    """All at once: a file's new name may be another's old one."""
    waiting: dict[Path, Path] = {}
    for old, new in renames.items():
        waiting[old] = new.with_name(f".moving-{new.name}")
        waiting[old].parent.mkdir(parents=True, exist_ok=True)
        shutil.move(old, waiting[old])
    for old, new in renames.items():
        shutil.move(waiting[old], new)


def _rewrite(root: Path, moves: Sequence[Move]) -> None:
    """Numbers and names of files in texts of the content."""
    words: dict[str, str] = {}
    for step in moves:
        words[step.kata.id] = step.id
        words[f"{step.kata.folder}/{step.kata.stem}"] = f"{step.folder}/{step.stem}"
        words[step.kata.stem] = step.stem
    pattern = _pattern(words)
    for path in _texts(root, CONTENT):
        text = path.read_text(encoding="utf-8")
        new = pattern.sub(lambda m: words[m[0]], text)
        if new != text:
            path.write_text(new, encoding="utf-8", newline="\n")


def _mentions(root: Path, moves: Sequence[Move]) -> Iterator[str]:
    pattern = _pattern([w for step in moves for w in (step.kata.id, step.kata.stem)])
    for path in _texts(root, ("docs", "tests", "bench", "README.md")):
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
            if pattern.search(line):
                yield f"{path.relative_to(root).as_posix()}:{number}"


def _pattern(words: Iterable[str]) -> re.Pattern[str]:
    """Whole numbers, and whole names of files: a probe's, a suite's, an alternative's, too."""
    found: list[str] = []
    for word in words:
        if _ID.fullmatch(word):
            found.append(rf"(?<![\w.]){re.escape(word)}(?!\d|\.\d)")
        else:
            found.append(rf"(?<![A-Za-z0-9]){re.escape(word)}(?=__|_(?:probe|survivors)\b|\W|$)")
    return re.compile("|".join(found))


def _texts(root: Path, parts: Sequence[str]) -> Iterator[Path]:
    for part in parts:
        place = root / part
        for path in [place] if place.is_file() else sorted(place.rglob("*")):
            if path.suffix in _TEXTS and path.is_file() and not path.is_symlink():
                yield path
