"""What an answer looks like that no known mistake explains: the solution with one step changed.

The second line of diagnosis. The words say what is seen in the answers and nothing of the
solution's code, and never more than "this looks like".
"""

import functools
import itertools
import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from dojo.course.derive import learners_lines
from dojo.course.mistakes import Mistake
from dojo.diagnosis.facets import simple
from dojo.diagnosis.replay import Marks, Replayer, Variant
from dojo.diagnosis.search import Found, telling
from dojo.operators import OPERATORS, Change, changes

BUDGET = 0.25  # seconds of processor time: who waits for a verdict must not wait for this

T = TypeVar("T")

_TOKEN = re.compile(r"\w+|[^\w\s]+")


@dataclass(frozen=True)
class Sight:
    """What a change looks like from outside.

    Attributes:
        id: its name.
        says: for the learner, behind "This looks as if".
        fits: whether a change looks so, by the tokens that it takes away and those that it adds.
    """

    id: str
    says: str
    fits: Callable[["Counter[str]", "Counter[str]"], bool] = lambda gone, new: True


def _from_to(old: str, new: str) -> Callable[["Counter[str]", "Counter[str]"], bool]:
    return lambda gone, added: old in gone and new in added


def _sign_turned(old: str, new: str) -> Sight:
    return replace(_SIGN, fits=_from_to(old, new))


def _is_a_step(gone: "Counter[str]", new: "Counter[str]") -> bool:
    """Whether something was called, taken out or transposed: `p` for `p.grad` is no step."""
    return any({*"([T"} & {*token} for token in gone) and not any(map(str.isalnum, new))


_SIGN = Sight("sign-turned", "a sign were turned somewhere on the way")
_PART = Sight("part-missing", "a part of a formula were missing")
_STEP = Sight("step-missing", "a step were left out")

# In the order in which they are tried: of two that answer alike the first is told.
_SIGHTS: dict[str, tuple[Sight, ...]] = {
    "sum for mean": (
        Sight("sum-in-place-of-mean", "a sum stood where a mean belongs", _from_to("mean", "sum")),
        Sight("mean-in-place-of-sum", "a mean stood where a sum belongs", _from_to("sum", "mean")),
    ),
    "sign turned": (_SIGN,),
    "sides turned": (
        Sight(
            "sides-turned",
            "two things stood the other way round: the one that is subtracted, "
            "divided by or multiplied from the right stands first",
        ),
    ),
    "operator swapped": (
        _sign_turned("+", "-"),
        _sign_turned("-", "+"),
        Sight(
            "times-for-divided",
            "there were a division in place of a multiplication",
            _from_to("*", "/"),
        ),
        Sight(
            "plus-for-times",
            "there were a sum in place of a product",
            _from_to("*", "+"),
        ),
        Sight(
            "divided-for-times",
            "there were a multiplication in place of a division",
            _from_to("/", "*"),
        ),
    ),
    "factor dropped": (_PART,),
    "term dropped": (_PART,),
    "factor twice": (Sight("factor-twice", "a factor went in twice"),),
    "number changed": (Sight("other-number", "one of the numbers in a formula were another one"),),
    "axis changed": (Sight("other-axis", "something ran along another dimension"),),
    "true for false": (Sight("switch-turned", "a True were a False, or the other way round"),),
    "rounds one off": (Sight("round-off", "a loop ran one round too few or too many"),),
    "slice changed": (Sight("other-part", "another part of a tensor or list were taken"),),
    "item passed over": (
        Sight("item-passed-over", "an item were passed over, or the order turned"),
    ),
    "moved across a loop": (
        Sight(
            "across-a-loop",
            "a step stood inside of a loop that belongs before or after it, or the other way round",
        ),
    ),
    "results swapped": (Sight("results-swapped", "two results had changed places"),),
    "one result twice": (Sight("one-result-twice", "one result came back in place of two"),),
    "left as it was": (Sight("left-as-it-was", "something stayed as it was that is to change"),),
    "= for +=": (
        _sign_turned("+=", "-="),
        _sign_turned("-=", "+="),
        Sight(
            "new-for-changed",
            "a new object were made where the old one is to change, or the other way round",
            lambda gone, new: bool({"+", "-", "*", "/"} & (gone.keys() | new.keys())),
        ),
        Sight(
            "overwritten",
            "something were overwritten that is to be added to",
            lambda gone, new: bool({"+=", "-="} & gone.keys()) and "=" in new,
        ),
    ),
    "statement dropped": (_STEP,),
    "statement twice": (Sight("step-twice", "a step were taken twice"),),
    "order turned": (Sight("order-turned", "two steps stood in the other order"),),
    "call dropped": (replace(_STEP, fits=_is_a_step),),
    "arguments swapped": (Sight("arguments-swapped", "two arguments had changed places"),),
    "another function": (Sight("other-function", "a function stood in place of its relative"),),
}


def sight_of(change: Change) -> Sight | None:
    """What a change looks like, or None where there are no words for it."""
    old, new = (Counter(_TOKEN.findall(text)) for text in (change.old, change.new))
    gone, added = old - new, new - old
    return next((s for s in _SIGHTS.get(change.operator, ()) if s.fits(gone, added)), None)


@functools.lru_cache(maxsize=64)
def changed(source: str) -> "Once[tuple[Sight, str]]":
    """The changes of a solution that have words, each with its text; the most exact words first."""
    return Once(_made(source))


class Once(Generic[T]):
    """What an iterator gives, made when it is first asked for and kept."""

    def __init__(self, items: Iterator[T]) -> None:
        self._rest = items
        self._known: list[T] = []

    def __iter__(self) -> Iterator[T]:
        for i in itertools.count():
            if i == len(self._known):
                item = next(self._rest, None)
                if item is None:
                    return
                self._known.append(item)
            yield self._known[i]


def _made(source: str) -> Iterator[tuple[Sight, str]]:
    lines, seen = learners_lines(source), set[str]()
    for name in _SIGHTS:
        for change in changes(source, (OPERATORS[name],), lines):
            sight = sight_of(change)
            if sight is not None and change.text not in seen:
                seen.add(change.text)
                yield sight, change.text


def seen_as(
    replayer: Replayer, theirs: Sequence[Marks], plain: Sequence[int], failing: Sequence[int]
) -> Found | None:
    """The solution with one step changed that answers everywhere as the subject did.

    Args:
        replayer: asks the variants.
        theirs: what the subject answered, by conversation.
        plain: numbers of conversations in which nothing but a difference is known.
        failing: numbers of those in which a check failed.

    Returns:
        The variant, its mistake with words for the learner; of several that answer alike, that
        with the most exact words, or none where answers are but counts and shares, in which many
        programs agree. None where none fits or the time doesn't suffice.

    Raises:
        OutOfTime: the time for all replays is over.
    """
    end = replayer.asker.spent + BUDGET
    first = plain[0]
    numbers = [first, *(n for n in range(len(theirs)) if n != first)]
    found: Found | None = None
    for sight, text in changed(replayer.solution):
        if replayer.asker.spent > end:
            return None
        if found is not None and found.variant.mistakes[0].id == sight.id:
            continue
        if not all(replayer.agrees(text, n, theirs[n]) for n in numbers):
            continue
        if found is not None:  # two that look otherwise, and too little to tell them apart
            return None
        mistake = Mistake(sight.id, (), f"This looks as if {sight.says}.")
        variant = Variant((mistake,), text)
        marks = replayer.marks(variant, failing)
        seen = frozenset(k[0] for k in marks)
        if first not in seen or not telling(marks.values()):
            return None
        found = Found(variant, seen)
        if not all(simple(v) for v in marks.values()):
            return found
    return found
