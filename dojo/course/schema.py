"""What a card may hold, as a table, and what is wrong with one: every flaw, in an author's words.

A library would read a card as well, but names the first flaw only, in words of its own, without
the line and without the nearest name; and `kata next` would wait for its import.
"""

import difflib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dojo.bans import BANS

Where = tuple[str | int, ...]
"""A place on a card, such as ``("mistake", 2, "says")``."""

_KEBAB = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_KATA_ID = re.compile(r"\d+\.\d+\.\d+")
_FACTOR = re.compile(
    r"factor -?(1|2|1/2|N|1/N|2\*N|N/2|2/N|1/\(2\*N\)|N/\(N-1\))".replace("N", r"[A-Za-z]\w*")
)
_FACTORS = ("factor -1", "factor 2", "factor 1/2", "factor n", "factor 1/n", "factor lr")


@dataclass(frozen=True)
class Wrong:
    """One thing that is wrong with a card.

    Attributes:
        where: the place.
        text: a sentence for the author.
    """

    where: Where
    text: str


@dataclass(frozen=True)
class Field:
    """A key that a table may hold.

    Attributes:
        name: the key.
        test: says what is wrong with a value, below a place.
        required: whether it must be there.
        unless: a key in whose presence it need not.
    """

    name: str
    test: Callable[[Any, Where], Iterator[Wrong]]
    required: bool = True
    unless: str = ""


def flaws(card: Mapping[str, Any]) -> Iterator[Wrong]:
    """Everything that is wrong with a card, or with its head alone."""
    yield from table_flaws(card, CARD, (), "the card")
    seen: dict[str, int] = {}
    for i, mistake in enumerate(_tables(card, "mistake")):
        name = mistake.get("id")
        if isinstance(name, str) and seen.setdefault(name, i) != i:
            yield Wrong(("mistake", i, "id"), f"another mistake is called '{name}' already")
        if "relation" in mistake and "says" in mistake:
            words = "what a relation means is said in [says], not beside a mistake that has it"
            yield Wrong(("mistake", i, "says"), words)


def flaws_of_survivors(file: Mapping[str, Any]) -> Iterator[Wrong]:
    """Everything that is wrong with the changes of a solution that its suite rightly accepts."""
    yield from table_flaws(file, SURVIVORS, (), "the survivors")
    for i, survivor in enumerate(_tables(file, "survivor")):
        if "edits" not in survivor and "lines" not in survivor:
            yield Wrong(("survivor", i), "a survivor has no 'edits', and no 'lines' either")


def missing_mistakes(card: Mapping[str, Any]) -> Iterator[Wrong]:
    """Mistakes that a whole card's ``repair`` names and its tables don't list with their words."""
    known = [m["id"] for m in _tables(card, "mistake") if "id" in m and "says" in m]
    for name in repairs(card):
        if name not in known:
            yield Wrong(
                ("repair",), f"no mistake of this card is called '{name}'{_near(name, known)}"
            )


def flaws_of_ideas(ideas: Mapping[str, Any]) -> Iterator[Wrong]:
    """Everything that is wrong with the sentences that the cards of a lesson share."""
    for name, words in ideas.items():
        if not _KEBAB.fullmatch(name):
            yield Wrong((name,), "the name of an idea is written in kebab-case, such as one-over-n")
        yield from a_sentence(words, (name,))


def missing_idea(name: str, where: Where, ideas: Mapping[str, str]) -> Iterator[Wrong]:
    """What is wrong where a card takes its words from the lesson's ideas."""
    if name not in ideas:
        yield Wrong(where, f"no idea of this lesson is called '{name}'{_near(name, ideas)}")


def repairs(card: Mapping[str, Any]) -> tuple[str, ...]:
    """The mistakes with which the stub starts: one, several, or none."""
    value = card.get("repair", ())
    return (value,) if isinstance(value, str) else tuple(value)


def table_flaws(
    table: Mapping[str, Any], fields: Sequence[Field], where: Where, what: str
) -> Iterator[Wrong]:
    """Keys of a table that are unknown, missing, or hold something wrong."""
    known = {f.name: f for f in fields}
    meant: set[str] = set()
    for key, value in table.items():
        if key in known:
            yield from known[key].test(value, (*where, key))
            continue
        near = difflib.get_close_matches(key, known, n=1)
        meant.update(near)
        if where and key in {f.name for f in CARD}:
            yield Wrong((*where, key), f"'{key}' belongs to the card: above its first [[mistake]]")
        else:
            yield Wrong((*where, key), f"'{key}' is no key of {what}{_near(key, known)}")
    for field in fields:
        given = {field.name, field.unless} & (table.keys() | meant)
        if field.required and not given:
            yield Wrong(where, f"{what} has no '{field.name}'")


def _tables(card: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    found = card.get(name, [])
    return [t for t in found if isinstance(t, dict)] if isinstance(found, list) else []


def _near(name: str, known: Sequence[str] | Mapping[str, Any]) -> str:
    near = difflib.get_close_matches(name, list(known), n=1, cutoff=0.5)
    if near:
        return f"; the nearest is '{near[0]}'"
    return f"; there are {', '.join(known)}" if known else ""


def _shown(value: Any) -> str:
    kinds = {bool: "a truth value", int: "a whole number", float: "a number", str: "a text"}
    return kinds.get(type(value), "a list" if isinstance(value, list) else "a table")


def a_text(value: Any, where: Where) -> Iterator[Wrong]:
    """What is wrong with a text, if anything."""
    if not isinstance(value, str):
        yield Wrong(where, f"'{where[-1]}' must be a text, and here stands {_shown(value)}")
    elif not value.strip():
        yield Wrong(where, f"'{where[-1]}' is empty")


def a_sentence(value: Any, where: Where) -> Iterator[Wrong]:
    """What is wrong with a sentence, if anything."""
    yield from a_text(value, where)
    if isinstance(value, str) and value.strip() and value.rstrip()[-1] not in ".!?)":
        yield Wrong(where, f"'{where[-1]}' must be a sentence: it ends without a full stop")


def _sentence_or_idea(value: Any, where: Where) -> Iterator[Wrong]:
    if not isinstance(value, dict):
        yield from a_sentence(value, where)
    elif list(value) != ["idea"] or not isinstance(value["idea"], str):
        words = f"'{where[-1]}' is a sentence, or {{ idea = \"...\" }} for one of ideas.toml"
        yield Wrong(where, words)


def _relation(value: Any, where: Where) -> Iterator[Wrong]:
    if not isinstance(value, str) or not _FACTOR.fullmatch(value):
        yield Wrong(where, f"{value!r} is no relation{_near(str(value), _FACTORS)}")


def _says(value: Any, where: Where) -> Iterator[Wrong]:
    if not isinstance(value, dict):
        yield Wrong(where, "what relations mean is said below [says]")
        return
    for key, words in value.items():
        yield from _relation(key, (*where, key))
        yield from _sentence_or_idea(words, (*where, key))


def _names(value: Any, where: Where) -> Iterator[Wrong]:
    if not isinstance(value, dict):
        yield Wrong(where, "what results are called is said below [names]")
        return
    for key, names in value.items():
        here = (*where, key)
        if not isinstance(names, list) or not names or not all(isinstance(n, str) for n in names):
            yield Wrong(here, f"the results of '{key}' are a list of texts, one for each result")


def _kata_id(value: Any, where: Where) -> Iterator[Wrong]:
    if not isinstance(value, str) or not _KATA_ID.fullmatch(value):
        yield Wrong(where, 'the id has three numbers, such as "1.2.2"')


def an_id(of: str, such_as: str) -> Callable[[Any, Where], Iterator[Wrong]]:
    """The test of an id in kebab-case."""

    def test(value: Any, where: Where) -> Iterator[Wrong]:
        if not isinstance(value, str) or not _KEBAB.fullmatch(value):
            yield Wrong(where, f"the id of {of} is written in kebab-case, such as {such_as}")

    return test


def _minutes(value: Any, where: Where) -> Iterator[Wrong]:
    if type(value) is not int or not 1 <= value <= 60:
        yield Wrong(where, "'minutes' is a whole number from 1 to 60")


def _points(value: Any, where: Where) -> Iterator[Wrong]:
    if type(value) is not int or not 1 <= value <= 1000:
        yield Wrong(where, "'points' is a whole number from 1 to 1000")


def _seconds(value: Any, where: Where) -> Iterator[Wrong]:
    if type(value) not in (int, float) or not 0 < value <= 60:
        yield Wrong(where, "'seconds' is a number, above 0 and at most 60")


def _yes_or_no(value: Any, where: Where) -> Iterator[Wrong]:
    if not isinstance(value, bool):
        yield Wrong(where, f"'{where[-1]}' is true or false, and here stands {_shown(value)}")


def _hints(value: Any, where: Where) -> Iterator[Wrong]:
    if not isinstance(value, list) or len(value) != 3:
        found = str(len(value)) if isinstance(value, list) else _shown(value)
        yield Wrong(where, f"'hints' is a list of three texts, and here stands {found}")
        return
    for i, hint in enumerate(value):
        if not isinstance(hint, str) or not hint.strip():
            yield Wrong((*where, i), f"hint {i + 1} is no text, or empty")


def _forbids(value: Any, where: Where) -> Iterator[Wrong]:
    if not isinstance(value, list):
        yield Wrong(where, f"'forbids' is a list such as [\"autograd\"], not {_shown(value)}")
        return
    for i, name in enumerate(value):
        if name not in BANS:
            yield Wrong((*where, i), f"'{name}' can't be forbidden{_near(str(name), tuple(BANS))}")


def _one_of(*words: str) -> Callable[[Any, Where], Iterator[Wrong]]:
    def test(value: Any, where: Where) -> Iterator[Wrong]:
        if value not in words:
            choice = " or ".join(f'"{word}"' for word in words)
            yield Wrong(where, f"'{where[-1]}' is {choice}, and here stands {value!r}")

    return test


def _repair(value: Any, where: Where) -> Iterator[Wrong]:
    names = value if isinstance(value, list) else [value]
    if not names or not all(isinstance(name, str) for name in names):
        yield Wrong(where, "'repair' is the id of a mistake, or a list of several")


def _edits(value: Any, where: Where) -> Iterator[Wrong]:
    pairs = 'pairs of texts, as in edits = [["old", "new"]]'
    if not isinstance(value, list) or not value:
        yield Wrong(where, f"'edits' holds {pairs}, and here stands {_shown(value)}")
        return
    if all(isinstance(part, str) for part in value):
        yield Wrong(where, f"'edits' is flat: it holds {pairs}")
        return
    for i, pair in enumerate(value):
        if not _is_pair(pair):
            yield Wrong((*where, i), f"edit {i + 1} is no pair: 'edits' holds {pairs}")
        elif pair[0] == pair[1]:
            yield Wrong((*where, i), f"edit {i + 1} changes nothing: its two texts are the same")
        elif not pair[0].strip() and where[0] == "mistake":
            yield Wrong((*where, i), f"edit {i + 1} looks for an empty text")


def _ways(value: Any, where: Where) -> Iterator[Wrong]:
    if not isinstance(value, list) or not value:
        yield Wrong(where, "'also' is a list of other ways to make the mistake, each like 'edits'")
        return
    for i, edits in enumerate(value):
        if isinstance(edits, list) and edits and all(map(_is_pair, edits)):
            yield from _edits(edits, (*where, i))
        else:
            words = 'each way is like \'edits\', as in also = [[["old", "new"]], [["old", "new"]]]'
            yield Wrong((*where, i), words)


def _is_pair(value: Any) -> bool:
    return isinstance(value, list) and [type(part) for part in value] == [str, str]


def _lines(value: Any, where: Where) -> Iterator[Wrong]:
    if not isinstance(value, list) or not value or not all(isinstance(v, str) for v in value):
        yield Wrong(where, "'lines' is a list of texts: lines of the solution that may be changed")


def each(fields: Sequence[Field], what: str) -> Callable[[Any, Where], Iterator[Wrong]]:
    """The test of a list of tables that hold these fields."""

    def test(value: Any, where: Where) -> Iterator[Wrong]:
        if not isinstance(value, list):
            name = where[-1]
            yield Wrong(where, f"a {name} begins with [[{name}]], in double brackets")
            return
        for i, table in enumerate(value):
            if isinstance(table, dict):
                yield from table_flaws(table, fields, (*where, i), _called(what, table))
            else:
                yield Wrong((*where, i), f"{what} is a table that begins with [[{where[-1]}]]")

    return test


def _called(what: str, table: Mapping[str, Any]) -> str:
    name = table.get("id")
    return f"{what} '{name}'" if isinstance(name, str) else f"a {what}"


MISTAKE = (
    Field("id", an_id("a mistake", "sum-for-mean")),
    Field("in", a_text, required=False),
    Field("edits", _edits),
    Field("also", _ways, required=False),
    Field("says", _sentence_or_idea, unless="relation"),
    Field("relation", _relation, required=False),
)
SURVIVOR = (
    Field("edits", _edits, required=False),
    Field("lines", _lines, required=False),
    Field("why", a_text),
)
SURVIVORS = (Field("survivor", each(SURVIVOR, "survivor")),)
CARD = (
    Field("id", _kata_id),
    Field("title", a_text),
    Field("minutes", _minutes),
    Field("points", _points, required=False),
    Field("pictures", _yes_or_no, required=False),
    Field("brief", a_sentence),
    Field("mastered", a_sentence),
    Field("hints", _hints),
    Field("forbids", _forbids, required=False),
    Field("typing", _one_of("required", "advice"), required=False),
    Field("seconds", _seconds, required=False),
    Field("dtype", _one_of("float64"), required=False),
    Field("repair", _repair, required=False),
    Field("names", _names, required=False),
    Field("says", _says, required=False),
    Field("mistake", each(MISTAKE, "mistake"), required=False),
)
