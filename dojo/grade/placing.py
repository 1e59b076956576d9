"""Which kata a file answers: by its name, by its place, or by the functions that it defines.

Text is searched and nothing is run: a file need not even be Python to be placed.
"""

import functools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from dojo.course.catalog import Kata
from dojo.course.derive import stub_text

_DEFINED = re.compile(r"^(?:async\s+def|def|class)\s+(\w+)|^(\w+)\s*(?::[^=\n]+)?=(?!=)", re.M)
_MOST_SEARCHED = 300_000  # bytes; what is longer is placed by its name or not at all


@dataclass(frozen=True)
class Mention:
    """A kata that a name speaks of, and where in the name."""

    kata: Kata
    start: int
    end: int


@dataclass(frozen=True)
class Placed:
    """The kata that a file answers, and by what that is known."""

    kata: Kata
    how: str


class Placing:
    """Finds the kata that a file answers.

    Args:
        katas: all those of the pack.
        only: the one that was asked for, if it was one: it takes what nothing speaks against.
    """

    def __init__(self, katas: Sequence[Kata], only: Kata | None = None) -> None:
        self.katas = katas
        self.only = only
        self._by_slug = {k.slug.replace("-", "_"): k for k in katas}
        self._by_id = {k.id.replace(".", "_"): k for k in katas}
        self._folders = {k.folder for k in katas}
        slugs = "|".join(
            s.replace("_", "[-_ ]") for s in sorted(self._by_slug, key=len, reverse=True)
        )
        ids = "|".join(i.replace("_", "[-._]") for i in self._by_id)
        self._names = re.compile(
            rf"(?<![^\W_])(?:k\d+[-_ ])?(?P<slug>{slugs})(?![^\W_])"
            rf"|(?<![\d])(?<!\d[-._])(?P<id>{ids})(?![-._]?\d)",
            re.IGNORECASE,
        )

    def mention(self, name: str) -> Mention | None:
        """The kata that a file's or a folder's name speaks of; the longest name counts."""
        found = max(self._names.finditer(name), key=lambda m: m.end() - m.start(), default=None)
        if found is None:
            return None
        if found["slug"] is not None:
            kata = self._by_slug[re.sub("[- ]", "_", found["slug"].lower())]
        else:
            kata = self._by_id[re.sub("[-.]", "_", found["id"])]
        return Mention(kata, found.start(), found.end())

    def is_place(self, part: str) -> bool:
        """Whether a folder belongs to a workspace or a kata, and to no person."""
        if part == "katas" or part in self._folders:
            return True
        found = self.mention(part)
        return found is not None and not (part[: found.start] + part[found.end :]).strip()

    def by_path(self, parts: Sequence[str]) -> Placed | None:
        """The kata that a path speaks of.

        Args:
            parts: the folders and the name, without what names the person.
        """
        *folders, name = parts
        stem = name.removesuffix(".py")
        if (found := self.mention(stem)) is not None:
            return Placed(found.kata, "its name")
        for folder in reversed(folders):
            if (found := self.mention(folder)) is not None:
                return Placed(found.kata, "its place")
        by_number = [k for k in self.katas if k.folder in folders and k.stem.startswith(f"{stem}_")]
        return Placed(by_number[0], "its place") if len(by_number) == 1 else None

    def by_functions(self, content: bytes) -> Placed | str:
        """The kata whose functions a file defines, or the reason why that can't be told."""
        if len(content) > _MOST_SEARCHED:
            return "its name says no kata, and it is too long to be searched"
        text = content.decode("utf-8", "replace").replace("\r", "\n")
        defined = {m[1] or m[2] for m in _DEFINED.finditer(text)}
        fitting = [(len(n), k) for k in self.katas if (n := asked_for(k)) and n <= defined]
        if self.only is not None and any(k == self.only for _, k in fitting):
            return Placed(self.only, "its functions")
        most = max((number for number, _ in fitting), default=0)
        best = [k for number, k in fitting if number == most]
        if len(best) == 1:
            return Placed(best[0], "its functions")
        if best:
            which = ", ".join(k.id for k in best[:5])
            return f"its name says no kata, and its functions are those of several: {which}"
        if self.only is not None:
            return f"its name says no kata, and it doesn't define what {self.only.id} asks for"
        return "its name says no kata, and it defines what none asks for"


@functools.cache
def asked_for(kata: Kata) -> frozenset[str]:
    """The functions and classes that an answer to a kata defines."""
    defined = (m[1] for m in _DEFINED.finditer(stub_text(kata)))
    return frozenset(name for name in defined if name and not name.startswith("_"))
