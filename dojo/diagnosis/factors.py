"""Factors that have a name: 2, a size, a learning rate, their inverses; with words for learners."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from dojo.words.numbers import plain

ROUNDING = 1e-8
LEAST_SIZE = 5  # of what a factor may be the double or the half


@dataclass(frozen=True)
class Factor:
    """A factor by its name.

    Attributes:
        key: such as ``n``, ``1/n`` or ``-2``, as it stands behind "factor" on a card.
        words: what is said of it behind "... times the right value, and".
    """

    key: str
    words: str


@dataclass(frozen=True)
class _Form:
    """How a factor is made of a number with a name: ``key`` and ``words`` hold the name's place."""

    key: str
    words: str
    of: Callable[[float], float]
    simple: bool = False


_NUMBERS = {
    "2": (2.0, "there is a factor 2 too many"),
    "1/2": (0.5, "a factor 2 is missing"),
}
_FORMS = (
    _Form("{0}", "", lambda v: v, simple=True),
    _Form("1/{0}", "1/`{0}`", lambda v: 1 / v, simple=True),
    _Form("2*{0}", "2 times `{0}`", lambda v: 2 * v),
    _Form("2/{0}", "2 times 1/`{0}`", lambda v: 2 / v),
    _Form("{0}/2", "half of `{0}`", lambda v: v / 2),
    _Form("1/(2*{0})", "half of 1/`{0}`", lambda v: 1 / (2 * v)),
    _Form("{0}/({0}-1)", "`{0}`/(`{0}` - 1)", lambda v: v / (v - 1)),
)


def factors(
    ratio: float, knows: Mapping[str, float], rounding: float | None = None
) -> Iterator[Factor]:
    """The names that a factor has, the plainest first.

    Args:
        ratio: not zero.
        knows: numbers that the call knows by name.
        rounding: of the numbers; None: double precision.
    """
    size, sign, near = abs(ratio), "-" if ratio < 0 else "", rounding or ROUNDING
    if same(ratio, -1.0, near):
        yield Factor("-1", "the sign is turned")
    for key, (value, words) in _NUMBERS.items():
        if same(size, value, near):
            turned = "the sign is turned and " if sign else ""
            yield Factor(f"{sign}{key}", f"{turned}{words}")
    for simple in (True, False):
        for name, value in knows.items():
            # So many simple factors are some part of a small number.
            small = 1 < value < LEAST_SIZE and not simple
            if name.isidentifier() and value not in (0.0, 1.0, -1.0) and not small:
                for factor, form in _made_of(value, simple):
                    if same(size, factor, near):
                        yield _named(form, name, value, sign)


def value_of(key: str, knows: Mapping[str, float]) -> float | None:
    """What a factor is in a call; None where the call doesn't know what it is made of."""
    sign, plain_key = (-1.0, key[1:]) if key.startswith("-") else (1.0, key)
    if plain_key == "1":
        return sign
    if plain_key in _NUMBERS:
        return sign * _NUMBERS[plain_key][0]
    for form in _FORMS:
        for name, value in knows.items():
            if form.key.format(name) == plain_key:
                try:
                    return sign * form.of(value)
                except ZeroDivisionError:
                    return None
    return None


def same(a: float, b: float, rounding: float = ROUNDING) -> bool:
    """Whether two numbers are equal up to rounding."""
    return abs(a - b) <= rounding * abs(b)


def _made_of(value: float, simple: bool) -> Iterator[tuple[float, _Form]]:
    for form in _FORMS:
        if form.simple == simple and not (value <= 1 and "-1" in form.key):
            yield form.of(value), form


def _named(form: _Form, name: str, value: float, sign: str) -> Factor:
    minus = "minus " if sign else ""
    here = f"`{name}` is {plain(value)} here"
    words = f"that is {minus}{form.words.format(name)}: {here}"
    if not form.words:
        words = f"{here} (with the sign turned)" if minus else here
    return Factor(f"{sign}{form.key.format(name)}", words)
