"""What a room needs of the course: its katas as columns, and the sentences of their mistakes."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dojo.course.card import CardError
from dojo.course.catalog import Kata
from dojo.course.derive import stub_text
from dojo.room.views import Column

_NAME = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*|factor \S+")
# What the engine finds by itself in any kata, where its name alone would say too little.
_OF_THE_ENGINE = {
    "all-zero": "The result is zero everywhere.",
    "argument-changed": "What the caller handed over was changed.",
    "constant-offset": "The result is off by the same number everywhere.",
    "float64-lost": "The result is float32 where float64 was promised.",
    "global-draws": "Numbers are drawn from torch's global source, not from the given generator.",
    "had-not-finished": "It does not end: a loop, most often.",
    "input-returned": "An argument comes back as it came in.",
    "mixed-dtypes": "It stops in everyday float32: two dtypes meet there.",
    "not-a-number": "The result is NaN: the first one stands where it began.",
    "nothing-returned": "A function ends without `return`, which gives None.",
    "number-for-tensor": "A plain number stands where a tensor is needed, after .item() say.",
    "one-place-off": "The results are the right ones, one place too early or too late.",
    "opposite-sign": "A result, or a step, has the opposite sign.",
    "same-for-all": "The same result comes back whatever is asked.",
    "too-slow": "It takes far too long.",
    "wrong-factor": "A result, or a step, is right but for a factor.",
    "wrong-kind": "What is returned is of another kind than the signature says.",
}


@dataclass(frozen=True)
class Content:
    """The katas of a room.

    Attributes:
        columns: in course order.
        sentences: by slug and mistake's id what a learner is told of it.
        stubs: by slug the lines of the stub, without the blank around them.
        factors: by slug and factor (``factor n``) what a learner is told of it, as the card has it.
    """

    columns: tuple[Column, ...]
    sentences: Mapping[str, Mapping[str, str]] = field(repr=False)
    stubs: Mapping[str, frozenset[str]] = field(repr=False)
    factors: Mapping[str, Mapping[str, str]] = field(default_factory=dict, repr=False)

    def place(self, slug: str) -> int | None:
        """The number of a kata's column, or None: it is none of the room's."""
        return next((i for i, c in enumerate(self.columns) if c.slug == slug), None)

    def says(self, slug: str, mistake: str) -> str | None:
        """What a mistake means: the card's words, else the engine's; None: it is no name of one."""
        for known in (self.sentences, self.factors):
            if mistake in known.get(slug, {}):
                return known[slug][mistake]
        if not is_name(mistake):
            return None
        return _OF_THE_ENGINE.get(mistake) or f"{mistake.replace('-', ' ').capitalize()}."


def content_of(katas: Sequence[Kata]) -> Content:
    """What a room needs of these katas."""
    return Content(
        tuple(Column(k.id, k.slug, k.title, k.minutes) for k in katas),
        {k.slug: _sentences(k) for k in katas},
        {k.slug: _stub(k) for k in katas},
        {k.slug: _factors(k) for k in katas},
    )


def is_name(words: str) -> bool:
    """Whether these can be the name of a mistake, of a card or of the engine's own."""
    return _NAME.fullmatch(words) is not None


def _sentences(kata: Kata) -> dict[str, str]:
    """For every mistake what its card says, of itself or of its relation."""
    try:
        says = kata.words().says
        return {
            m.id: m.says or says.get(m.relation, "") or f"{m.id.replace('-', ' ').capitalize()}."
            for m in kata.mistakes()
        }
    except CardError:
        return {}


def _factors(kata: Kata) -> Mapping[str, str]:
    try:
        return kata.words().says
    except CardError:
        return {}


def _stub(kata: Kata) -> frozenset[str]:
    try:
        return frozenset(line.strip() for line in stub_text(kata).splitlines())
    except (OSError, ValueError):
        return frozenset()
