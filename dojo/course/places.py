"""On which line of a TOML file something stands; the standard library's reader doesn't tell."""

import re
import tomllib
from collections.abc import Iterator

from dojo.course.schema import Where

_HEADER = re.compile(r"\s*(\[{1,2})\s*([\w-]+)\s*\]{1,2}\s*(#.*)?")
_KEY = re.compile(r"\s*([\w-]+|\"[^\"]*\"|'[^']*')\s*=(.*)", re.DOTALL)


def line_of(text: str, where: Where) -> int:
    """The 1-based line of a place, or of the nearest thing around it.

    Args:
        text: a card that TOML can read.
        where: keys of tables and indices of their lists.
    """
    places = list(_places(text))
    for length in range(len(where), 0, -1):
        for place, line in places:
            if place[:length] == where[:length]:
                return line
    return 1


def _places(text: str) -> Iterator[tuple[Where, int]]:
    """Every [[table]], [table], key and list item, with its line."""
    lines = text.splitlines()
    table: Where = ()
    counts: dict[str, int] = {}
    number = 0
    while number < len(lines):
        header, key = _HEADER.fullmatch(lines[number]), _KEY.fullmatch(lines[number])
        if header is not None:
            name = header[2]
            index = counts[name] = counts.get(name, -1) + 1
            table = (name, index) if header[1] == "[[" else (name,)
            yield table, number + 1
        elif key is not None:
            place = (*table, key[1].strip("\"'"))
            yield place, number + 1
            last, value = _value(key[2], lines, number)
            yield from _items(place, value, lines, number, last)
            number = last
        number += 1


def _value(start: str, lines: list[str], number: int) -> tuple[int, object]:
    """The last line of a value (0-based), and the value."""
    text = f"k = {start}"
    for last in range(number, len(lines)):
        if last > number:
            text += "\n" + lines[last]
        try:
            return last, tomllib.loads(text)["k"]
        except tomllib.TOMLDecodeError:
            continue
    return number, None


def _items(
    place: Where, value: object, lines: list[str], first: int, last: int
) -> Iterator[tuple[Where, int]]:
    """The items of a list, by the text that they begin with."""
    if not isinstance(value, list):
        return
    at = first
    for index, item in enumerate(value):
        inner = item[0] if isinstance(item, list) and item else item
        text = str(inner).split("\n", 1)[0].replace("\\", "\\\\").replace('"', '\\"')
        at = next((n for n in range(at, last + 1) if text in lines[n]), at)
        yield (*place, index), at + 1
