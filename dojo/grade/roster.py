"""Who is in the course: a table of people, and whose the names in a pile are."""

import csv
import functools
import io
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from dojo.desk.workspace import why
from dojo.errors import UsageError
from dojo.machine import files

_MOST = 10 * 2**20  # bytes
GIVEN = ("given", "given name", "first", "first name", "firstname", "forename", "vorname")
FAMILY = ("surname", "family", "family name", "last", "last name", "lastname", "nachname", "name")


@dataclass(frozen=True)
class Roster:
    """The people of a course, in the order of their table.

    Attributes:
        heading: what its columns are called.
        rows: of each person; what they are called is the first cell.
    """

    heading: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    @functools.cached_property
    def people(self) -> tuple[str, ...]:
        """What each is called."""
        return tuple(row[0].strip() for row in self.rows)

    @functools.cached_property
    def _known(self) -> dict[str, str]:
        """What else they may be called, as `plain` has it, each of one person only."""
        named = zip(self.people, self.rows, strict=True)
        known = only_one((plain(w), n) for n, row in named for w in _words(self.heading, row))
        return {**known, **{plain(n): n for n in self.people}}

    @functools.cached_property
    def _addresses(self) -> frozenset[str]:
        return frozenset(c.strip() for row in self.rows for c in row if "@" in c)

    def find(self, name: str, number: str) -> str | None:
        """The person whom a pile calls so; None where nobody, or more than one, is called so."""
        for word in (number, name, *_ends(name)):
            if word and (person := self._known.get(plain(word))):
                return person
        return None

    def whose(self, word: str) -> str | None:
        """The person whose name, number or e-mail address this is, addresses to the letter."""
        if "@" in word and word.strip() not in self._addresses:
            return None
        return self._known.get(plain(word)) if word.strip() else None

    def about(self, person: str, titles: Sequence[str]) -> str:
        """What the table says of a person in the first of these columns, else nothing."""
        row = self.rows[self.people.index(person)] if person in self.people else ()
        for title, cell in zip(self.heading, row, strict=False):
            if title.strip().lower() in titles:
                return cell.strip()
        return ""


def read(path: Path) -> Roster:
    """The people of a CSV file: a heading, then a row for each, the first cell being unique.

    Raises:
        UsageError: it can't be read, or isn't such a table.
    """
    try:
        text = files.read_plain(path, _MOST, follow=True).decode("utf-8-sig")
        rows = [r for r in csv.reader(io.StringIO(text), strict=True) if any(c.strip() for c in r)]
    except FileNotFoundError:
        raise UsageError(f"There is no roster '{path}'.") from None
    except UnicodeDecodeError:
        raise UsageError(f"The roster '{path}' is not UTF-8 text: save it as UTF-8.") from None
    except (OSError, csv.Error) as error:
        said = why(error) if isinstance(error, OSError) else error
        raise UsageError(f"The roster '{path}' can't be read: {said}.") from None
    if len(rows) < 2:
        raise UsageError(
            f"The roster '{path}' names nobody: it needs a heading and a row for each person, "
            "such as `login,surname,given`."
        )
    heading, *people = rows
    names = [row[0].strip() for row in people]
    twice = [n for n, times in Counter(names).items() if times > 1 or not n]
    if twice:
        raise UsageError(
            f"The roster '{path}' has '{twice[0]}' in more than one row, or a row without a first "
            "cell: that is what a person is known by, so each needs one of their own."
        )
    return Roster(tuple(heading), tuple(map(tuple, people)))


def only_one(named: Iterable[tuple[str, str]]) -> dict[str, str]:
    """By each word whom it means, where it means only one; ``named`` are words with whom."""
    meant: dict[str, set[str]] = {}
    for word, name in named:
        meant.setdefault(word, set()).add(name)
    return {word: next(iter(n)) for word, n in meant.items() if word and len(n) == 1}


def plain(word: str) -> str:
    """A word as all systems write it: without marks, spaces, signs and capitals."""
    bare = unicodedata.normalize("NFKD", word.casefold().replace("ß", "ss"))
    return re.sub(r"[\W_]+", "", "".join(c for c in bare if not unicodedata.combining(c)))


def _words(heading: Sequence[str], row: Sequence[str]) -> Iterator[str]:
    yield from row
    titles = [h.strip().lower() for h in heading]
    given = [c for h, c in zip(titles, row, strict=False) if h in GIVEN]
    family = [c for h, c in zip(titles, row, strict=False) if h in FAMILY]
    if given and family:
        yield f"{family[0]} {given[0]}"
        yield f"{given[0]} {family[0]}"


def _ends(name: str) -> Iterator[str]:
    """For ``exercise-name-login``: what stands after each hyphen, the longest first."""
    parts = name.split("-")
    return ("-".join(parts[i:]) for i in range(1, len(parts)))
