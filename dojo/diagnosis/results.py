"""Which results of a call are a factor away from the right ones, and which are right.

A factor is a fact about single results: the derivative by b may be n times too large while the one
by w is right. What is told here holds in every call that the checks made.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from dojo.contract.check import capital
from dojo.course.card import Words
from dojo.diagnosis.everywhere import factor_name
from dojo.diagnosis.facets import Numbers, equal
from dojo.diagnosis.factors import Factor, factors, value_of
from dojo.diagnosis.replay import Marks
from dojo.failure import Failed
from dojo.verdict import Evidence
from dojo.wall.conversation import Conversation
from dojo.words.numbers import count, plain

_SINGLE = 1e-4  # of what is known in single precision only
FEWEST = 3  # numbers that share a factor by no chance


@dataclass(frozen=True)
class Related:
    """A factor that results of a function have in all its calls.

    Attributes:
        text: for the learner: which results, and which others are right.
        says: what the factor means in this kata; empty where the card doesn't say.
        mistake: the name of such a mistake.
        evidence: the numbers behind the text.
        alone: nothing else is wrong with the results.
    """

    text: str
    says: str
    mistake: str | None
    evidence: Evidence
    alone: bool


@dataclass(frozen=True)
class Call:
    """One answered call of a function: its results by place, those that are right, its sizes."""

    got: Mapping[str, Any]
    want: Mapping[str, Any]
    knows: Mapping[str, float]

    @property
    def right(self) -> frozenset[str]:
        """The places of results that are right."""
        return frozenset(p for p, v in self.got.items() if equal(v, self.want.get(p)))


@dataclass(frozen=True)
class Results:
    """The results of all calls in conversations whose answers depend on what was asked alone.

    Attributes:
        talks: the conversations.
        theirs: what the subject answered in each.
        right: what the solution answers in one.
        words: of the card.
    """

    talks: Sequence[Conversation]
    theirs: Sequence[Marks]
    right: Callable[[int], Marks]
    words: Words

    def factor(self, failed: Failed, number: int) -> Related | None:
        """The factor behind a result that was compared and found wrong, if it is one throughout.

        Args:
            failed: why a check failed.
            number: of its conversation.
        """
        found = self._last_call(failed, number)
        if found is None:
            return None
        function, place, here = found
        ratio = _ratio(here.got[place], here.want.get(place))
        if ratio is None:
            return None
        named = [*factors(ratio, here.knows, _rounding(here.got[place]))]
        if not named:
            return None
        calls = [*self._calls_of(function)]
        calls = [c for c in calls if c.got.keys() == here.got.keys() == c.want.keys()]
        named = [f for f in named if all(_holds(c, place, f.key) for c in calls)]
        if not named or not _no_chance(calls, place):
            return None
        factor = next((f for f in named if f"factor {f.key}" in self.words.says), named[0])
        return _told(failed.name, function, place, here, calls, factor, ratio, self.words)

    def others(self, failed: Failed, number: int) -> str:
        """A sentence on the other results of a call of which one was found wrong.

        Empty where there are none, or more is wrong.
        """
        found = self._last_call(failed, number)
        if found is None:
            return ""
        function, _, here = found
        right = [p for p in here.got if p in here.right]
        if len(right) + 1 != len(here.got):
            return ""
        return _others(right, [*here.got], _names(function, here, self.words))

    def _last_call(self, failed: Failed, number: int) -> tuple[str, str, Call] | None:
        """The call whose result was compared: the function, the place of the result, the call."""
        if failed.cause != "value" or not isinstance(failed.got, torch.Tensor):
            return None
        got = Numbers(failed.got.detach().double().numpy(), single=False)
        theirs = self.theirs[number]
        for exchange in sorted({k[1] for k in theirs}, reverse=True):
            results = _results(theirs, exchange)
            places = [p for p, v in results.items() if equal(v, got)]
            if len(places) != 1:
                continue
            asked = self.talks[number].exchanges[exchange]
            call = Call(results, _results(self.right(number), exchange), asked.knows)
            return (str(asked.body["name"]), places[0], call) if _is_call(asked.body) else None
        return None

    def _calls_of(self, function: str) -> Iterator[Call]:
        """All calls of a function that were answered."""
        for i, talk in enumerate(self.talks):
            for j, exchange in enumerate(talk.exchanges):
                if _is_call(exchange.body) and exchange.body["name"] == function:
                    results = _results(self.theirs[i], j)
                    if results:
                        yield Call(results, _results(self.right(i), j), exchange.knows)


def _names(function: str, call: Call, words: Words) -> dict[str, str]:
    """What a learner calls the results of a call, by place, where the card says it of all."""
    called = words.names.get(function, ())
    return dict(zip(call.got, called, strict=True)) if len(called) == len(call.got) else {}


def _is_call(body: Mapping[str, Any]) -> bool:
    return body["op"] == "call" and body.get("handle") is None


def _results(answers: Marks, exchange: int) -> dict[str, Any]:
    """The numbers of each result of a call, by its place, in order."""
    return {
        facet: value
        for (_, j, facet), value in answers.items()
        if j == exchange
        and facet.startswith("value")
        and " " not in facet
        and isinstance(value, (Numbers, float))
    }


def _numbers(value: Any) -> np.ndarray:
    return value.values if isinstance(value, Numbers) else np.array(float(value))


def _rounding(value: Any) -> float | None:
    return _SINGLE if isinstance(value, Numbers) and value.single else None


def _ratio(got: Any, want: Any) -> float | None:
    """The factor between two results, if all their numbers have it."""
    if want is None:
        return None
    a, b = _numbers(got), _numbers(want)
    finite = a.shape == b.shape and np.isfinite(a).all() and np.isfinite(b).all()
    if not finite or not a.any() or not b.any():
        return None
    with np.errstate(over="ignore", invalid="ignore"):
        ratio = float((a * b).sum() / (b * b).sum())
    return ratio if ratio and np.isfinite(ratio) and _is_times(got, want, ratio) else None


def _is_times(got: Any, want: Any, factor: float) -> bool:
    single = isinstance(want, Numbers) and want.single
    return equal(got, Numbers(_numbers(want) * factor, single))


def _holds(call: Call, place: str, key: str) -> bool:
    value = value_of(key, call.knows)
    return value is not None and _is_times(call.got[place], call.want[place], value)


def _no_chance(calls: Sequence[Call], place: str) -> bool:
    """Whether enough numbers have the factor, or one that is no round number."""
    wrong = [_numbers(c.want[place]).reshape(-1) for c in calls if place not in c.right]
    numbers = np.concatenate(wrong)
    numbers = numbers[numbers != 0]
    return numbers.size >= FEWEST or any(float(f"{x:.3g}") != x for x in numbers)


def _told(
    name: str,
    function: str,
    place: str,
    here: Call,
    calls: Sequence[Call],
    factor: Factor,
    ratio: float,
    words: Words,
) -> Related:
    places = list(here.got)
    alike = [p for p in places if all(_holds(c, p, factor.key) for c in calls)]
    right = [p for p in places if all(p in c.right for c in calls)]
    alike = [p for p in alike if p not in right]
    names = _names(function, here, words) or {place: name}
    evidence = {"relation": "ratio", "ratio": ratio, "is": factor.key}
    return Related(
        f"{_subject(alike, places, names)} {_predicate(factor, ratio, len(alike))}"
        f"{_others(right, places, names)}",
        words.says.get(f"factor {factor.key}", ""),
        factor_name(factor.key),
        evidence,
        len(alike) + len(right) == len(places),
    )


def _subject(alike: Sequence[str], places: Sequence[str], names: Mapping[str, str]) -> str:
    """The results that have the factor, and the verb."""
    if len(alike) == 1:
        return capital(names.get(alike[0], "the result"))
    if all(p in names for p in alike):
        return capital(f"{', '.join(names[p] for p in alike[:-1])} and {names[alike[-1]]}")
    if len(alike) == len(places):
        return f"The {count(len(places), 'result')}"
    return capital(f"{count(len(alike), 'result')} of this call")


def _predicate(factor: Factor, ratio: float, how_many: int) -> str:
    several = how_many > 1
    both = "both " if how_many == 2 else "all " if several else ""
    if factor.key == "-1":
        return f"{both}{'have' if several else 'has'} the right size but the opposite sign."
    value = "their right values" if several else "the right value"
    verb = "are" if several else "is"
    return f"{verb} {both}exactly {plain(ratio)} times {value}, and {factor.words}."


def _others(right: Sequence[str], places: Sequence[str], names: Mapping[str, str]) -> str:
    if not right:
        return ""
    if all(p in names for p in right):
        listed = ", ".join(names[p] for p in right[:-1])
        listed += f" and {names[right[-1]]}" if listed else names[right[-1]]
        return f" {capital(listed)} {'is' if len(right) == 1 else 'are'} right."
    if len(right) + 1 == len(places):
        several = f"{count(len(right), 'result')} of this call are"
        return f" The other {'result is' if len(right) == 1 else several} right."
    return ""
