"""Reading a card: TOML in, checked against the schema; what is wrong is told with its line."""

import functools
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dojo.course import schema
from dojo.course.places import line_of
from dojo.course.schema import Where, Wrong
from dojo.errors import UsageError

IDEAS = "ideas.toml"  # beside the cards of a lesson

_FOLDER = re.compile(r"lesson_(\d+)_(\d+)_(\w+)")
_FILE = re.compile(r"k(\d+)_(\w+)")
_TABLE = re.compile(r"^\[(?:\[|names\]|says\])", re.MULTILINE)
_AT_LINE = re.compile(r" \(at line (\d+), column (\d+)\)$")


class CardError(UsageError):
    """A card that can't be read or contradicts its place; for authors.

    Attributes:
        flaws: ``path:line: sentence``, each.
    """

    def __init__(self, *flaws: str) -> None:
        super().__init__("\n".join(flaws))
        self.flaws = flaws


@dataclass(frozen=True)
class Place:
    """What a card's path says of its kata."""

    id: str
    slug: str


@dataclass(frozen=True)
class Words:
    """How a card speaks of what the engine finds out by itself.

    Attributes:
        names: by function, what a learner calls its results, in order.
        says: by relation (``factor n``), what it means; for the learner.
    """

    names: Mapping[str, tuple[str, ...]]
    says: Mapping[str, str]


def place_of(path: Path, root: Path) -> Place:
    """The id and slug that a card's path says.

    Raises:
        CardError: it is no path of a card.
    """
    folder, file = _FOLDER.fullmatch(path.parent.name), _FILE.fullmatch(path.stem)
    if folder is None or file is None:
        raise CardError(f"{shown(path, root)}: expected checks/lesson_M_L_name/kN_name.toml")
    return Place(f"{folder[1]}.{folder[2]}.{file[1]}", file[2].replace("_", "-"))


def read_head(path: Path, root: Path) -> dict[str, Any]:
    """What stands on a card before its first table; the rest is most of its text.

    Raises:
        CardError: something of it is wrong.
    """
    return _checked(path, root, head_of(text_of(path, root)), whole=False)


def head_of(text: str) -> str:
    """A card's text before its first table: nothing of it tells what is right or wrong."""
    return _TABLE.split(text, maxsplit=1)[0]


def read_card(path: Path, root: Path) -> dict[str, Any]:
    """A whole card.

    Raises:
        CardError: something of it is wrong.
    """
    ideas = path.parent / IDEAS
    stamps = (path.stat().st_mtime_ns, ideas.stat().st_mtime_ns if ideas.exists() else 0)
    return _read(path, root, stamps)


def read_words(path: Path, root: Path) -> Words:
    """What a card calls results, and what it says of relations.

    Raises:
        CardError: something of it is wrong.
    """
    card = read_card(path, root)
    names = {function: tuple(called) for function, called in card.get("names", {}).items()}
    return Words(names, {key: prose(text) for key, text in card.get("says", {}).items()})


def read_survivors(path: Path, root: Path) -> list[dict[str, Any]]:
    """The changes of a solution that its suite rightly accepts, as tables; none without a file.

    Raises:
        CardError: something of it is wrong.
    """
    if not path.exists():
        return []
    text = text_of(path, root)
    file = parsed(path, root, text)
    refuse(path, root, text, [*schema.flaws_of_survivors(file)])
    return list(file["survivor"])


def shown(path: Path, root: Path, line: int | None = None) -> str:
    """A file of a kata as authors read it, and click it."""
    name = path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
    return name if line is None else f"{name}:{line}"


def prose(text: str) -> str:
    """Paragraphs on a line each, so that screens can wrap them at their own width.

    Lines that start with a space (formulas, small tables) stay as they are.
    """
    out: list[str] = []
    for line in text.strip("\n").splitlines():
        joins = out and out[-1] and line and not line[0].isspace() and not out[-1][0].isspace()
        if joins:
            out[-1] += " " + line.strip()
        else:
            out.append(line.rstrip())
    return "\n".join(out)


@functools.lru_cache(maxsize=100)
def _read(path: Path, root: Path, _stamps: tuple[int, int]) -> dict[str, Any]:
    text = text_of(path, root)
    card = _checked(path, root, text, whole=True)
    wanted = [*_ideas_wanted(card)]
    if wanted:
        ideas = _ideas(path.parent / IDEAS, root)
        wrong = [w for _, where, name in wanted for w in schema.missing_idea(name, where, ideas)]
        refuse(path, root, text, wrong)
        for table, where, name in wanted:
            table[str(where[-1])] = ideas[name]
    return card


def _ideas_wanted(card: dict[str, Any]) -> Iterator[tuple[dict[str, Any], Where, str]]:
    """Where a card's words stand in the lesson's ideas: the table, the place, the idea's name."""
    says = card.get("says", {})
    tables = [(m, ("mistake", i, "says")) for i, m in enumerate(card.get("mistake", ()))]
    for table, where in [*tables, *((says, ("says", key)) for key in says)]:
        words = table.get(where[-1])
        if isinstance(words, dict):
            yield table, where, words["idea"]


def _ideas(path: Path, root: Path) -> dict[str, str]:
    """The sentences that the cards of a lesson share, by name.

    Raises:
        CardError: there are none, or something of the file is wrong.
    """
    text = text_of(path, root)
    ideas = parsed(path, root, text)
    refuse(path, root, text, [*schema.flaws_of_ideas(ideas)])
    return {name: str(words) for name, words in ideas.items()}


def text_of(path: Path, root: Path) -> str:
    """The text of a card, or of what lies beside it.

    Raises:
        CardError: it can't be read.
    """
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise CardError(f"{shown(path, root)}: the card can't be read: {error}") from None


def _checked(path: Path, root: Path, text: str, whole: bool) -> dict[str, Any]:
    card = parsed(path, root, text)
    wrong = list(schema.flaws(card))
    place = place_of(path, root)
    if not any(w.where == ("id",) for w in wrong) and card.get("id", place.id) != place.id:
        words = f"the id is '{card['id']}', but the file's place says '{place.id}'"
        wrong.insert(0, Wrong(("id",), words))
    if whole and not wrong:
        wrong = [*schema.missing_mistakes(card)]
    refuse(path, root, text, wrong)
    return card


def parsed(path: Path, root: Path, text: str) -> dict[str, Any]:
    """What a text in TOML holds.

    Raises:
        CardError: it is none.
    """
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        words = str(error)
        found = _AT_LINE.search(words)
        line = int(found[1]) if found else text.count("\n") + 1
        words = _AT_LINE.sub(r" (column \2)", words)
        raise CardError(f"{shown(path, root, line)}: this is no TOML: {words}") from None


def refuse(path: Path, root: Path, text: str, wrong: Sequence[Wrong]) -> None:
    """Nothing, unless something is wrong with a file.

    Raises:
        CardError: something is; tells each with its line.
    """
    if wrong:
        raise CardError(*(f"{shown(path, root, line_of(text, w.where))}: {w.text}" for w in wrong))
