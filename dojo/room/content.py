"""What a room needs of the course: its katas as columns, and the sentences of their mistakes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from dojo.course.card import CardError
from dojo.course.catalog import Kata
from dojo.course.derive import stub_text
from dojo.room.views import Column


@dataclass(frozen=True)
class Content:
    """The katas of a room.

    Attributes:
        columns: in course order.
        sentences: by slug and mistake's id what a learner is told of it.
        stubs: by slug the lines of the stub, without the blank around them.
    """

    columns: tuple[Column, ...]
    sentences: Mapping[str, Mapping[str, str]] = field(repr=False)
    stubs: Mapping[str, frozenset[str]] = field(repr=False)

    def place(self, slug: str) -> int | None:
        """The number of a kata's column, or None: it is none of the room's."""
        return next((i for i, c in enumerate(self.columns) if c.slug == slug), None)


def content_of(katas: Sequence[Kata]) -> Content:
    """What a room needs of these katas."""
    return Content(
        tuple(Column(k.id, k.slug, k.title, k.minutes) for k in katas),
        {k.slug: _sentences(k) for k in katas},
        {k.slug: _stub(k) for k in katas},
    )


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


def _stub(kata: Kata) -> frozenset[str]:
    try:
        return frozenset(line.strip() for line in stub_text(kata).splitlines())
    except (OSError, ValueError):
        return frozenset()
