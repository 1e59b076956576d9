"""Mistakes that can be made in every kata, so that no card lists them.

Each is a fact that the answers show by themselves; nothing is replayed and nothing is guessed.
"""

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace
from typing import Any

import numpy as np
import torch

from dojo.contract.read import Scalar
from dojo.course.mistakes import Mistake
from dojo.diagnosis.facets import (
    Facets,
    Numbers,
    call_facets,
    equal,
    facets_of,
    trivial,
)
from dojo.failure import Failed
from dojo.suite.attempt import CheckRun
from dojo.verdict import Evidence
from dojo.wall.conversation import Conversation
from dojo.wall.exchange import Exchange
from dojo.wire.parts import NOTHING

FEWEST = 3  # answers to different questions that show what doesn't depend on the question

NOTHING_RETURNED = Mistake(
    "nothing-returned",
    (),
    "A function that ends without `return` gives None. Its result has to be handed back with a "
    "line `return ...`, also on every way that leaves it early.",
)
NOT_A_NUMBER = Mistake(
    "not-a-number",
    (),
    'NaN means "not a number". It comes from 0/0, from infinity minus infinity, or from a '
    "logarithm or root of a negative number, and everything that is worked out with it becomes "
    "NaN. Print the values in between: the first NaN stands where it began.",
)
INPUT_RETURNED = Mistake(
    "input-returned",
    (),
    "What comes back is one of the arguments, as it came in. Return what is worked out from it.",
)
SAME_FOR_ALL = Mistake("same-for-all", (), "")

# What the facts say by themselves, by what is written beside them: nothing need be added.
_TOLD = {
    ("relation", "zero"): "all-zero",
    ("relation", "rounded"): "rounded",
    ("relation", "transposed"): "transposed",
    ("relation", "reversed"): "reversed",
    ("relation", "permuted"): "wrong-order",
    ("relation", "one early"): "one-place-off",
    ("relation", "one late"): "one-place-off",
    ("relation", "offset"): "constant-offset",
    ("global_random_state", "advanced"): "global-draws",
    ("ended", "slow"): "too-slow",
    ("ended", "hang"): "had-not-finished",
    ("everyday", "raised"): "mixed-dtypes",
    ("everyday", "value"): "imprecise-in-float32",
    ("everyday", "promised"): "float64-lost",
}


def told_mistake(failed: Failed, evidence: Evidence) -> str | None:
    """The name of a mistake that the observed facts spell out, or None.

    Args:
        failed: why the check failed.
        evidence: what stands beside the finding's words.
    """
    if "everyday" in evidence:
        return _TOLD["everyday", str(evidence["everyday"])]
    if evidence.get("relation") == "ratio":
        return factor_name(str(evidence.get("is")))
    if "changed" in evidence:
        return "argument-changed"
    if failed.cause == "contract":
        return f"wrong-{evidence.get('contract', 'kind')}"
    if failed.cause == "raised" or failed.kind == "typing":
        return failed.finding.mistake
    return next((n for (key, value), n in _TOLD.items() if evidence.get(key) == value), None)


def factor_name(key: str) -> str | None:
    """The name of a mistake that is a factor, by the factor's key (see dojo.diagnosis.factors)."""
    if key == "-1":
        return "opposite-sign"
    return "wrong-factor" if key else None


def general_mistake(
    check: CheckRun, talks: Sequence[Conversation], varying: Set[str]
) -> Mistake | None:
    """What a failed check shows without any comparison with variants of the solution.

    Args:
        check: failed.
        talks: of all checks, the failed one's too.
        varying: functions that gave one answer to all questions, though the right ones differ.
    """
    failed, talk = check.failed, check.conversation
    if failed is None or talk is None or failed.cause not in ("value", "contract", "stated"):
        return None
    last = [e for e in talk.exchanges[-1:] if e.answer is not None]
    if failed.cause == "contract" and last and equal(_value(last[0]).get("value"), NOTHING):
        return NOTHING_RETURNED
    calls = list(_calls(talk))
    if not calls:
        return None
    name = str(calls[-1].body["name"])
    if name not in talk.answerer.contract.functions:
        return None
    if failed.cause == "value" and _new_nan(failed):
        return NOT_A_NUMBER
    if all(_is_argument(e) for e in calls if e.body["name"] == name):
        return INPUT_RETURNED
    if failed.cause != "contract" and name in varying:
        return _same_for_all([e for t in talks for e in _calls(t) if e.body["name"] == name], name)
    return None


def constant_functions(talks: Sequence[Conversation]) -> dict[str, list[tuple[int, int]]]:
    """Functions that gave one answer to at least three different questions.

    Returns:
        For each, the places of its calls: numbers of the conversation and of the exchange.
    """
    places: dict[str, list[tuple[int, int]]] = {}
    for i, talk in enumerate(talks):
        answered = {id(e) for e in _calls(talk)}
        for j, exchange in enumerate(talk.exchanges):
            if id(exchange) in answered:
                places.setdefault(str(exchange.body["name"]), []).append((i, j))
    signatures = talks[0].answerer.contract.functions if talks else {}
    return {
        name: calls
        for name, calls in places.items()
        # Whether something holds may well be the same for all.
        if name in signatures
        and signatures[name].returns != Scalar("bool")
        and _constant([talks[i].exchanges[j] for i, j in calls])
    }


def asked(exchange: Exchange) -> Facets:
    """The facets of what a function was called with."""
    buffers = [memoryview(b) for b in exchange.request.buffers]
    return call_facets(exchange.body, buffers)


def _same_for_all(calls: Sequence[Exchange], name: str) -> Mistake:
    """The sentence about an answer that is always the same."""
    number = _only_number(_value(calls[0]))
    what = "the same answer"
    if number is not None:
        dtype = str(_value(calls[0]).get("value dtype"))
        shown = str(bool(number)) if dtype == "bool" else f"{number:.6g}"
        what = f"nothing but {shown}"
    return replace(
        SAME_FOR_ALL,
        says=f"Whatever it was asked with, `{name}` gave {what}. The inputs are drawn anew at each "
        "run, so the result has to be worked out from the arguments.",
    )


def _calls(talk: Conversation) -> Iterator[Exchange]:
    """Calls of the kata's functions that gave an answer."""
    for exchange in talk.exchanges:
        body, answer = exchange.body, exchange.answer
        answered = answer is not None and answer.body.get("error") is None
        if answered and body["op"] in ("call", "vjp") and body.get("handle") is None:
            yield exchange


def _answered(exchange: Exchange) -> Facets:
    assert exchange.answer is not None
    return facets_of(exchange.answer.body, exchange.answer.buffers)


def _value(exchange: Exchange) -> Facets:
    """The facets of what came back, without those of the arguments."""
    parts = ("value[", "value.", "value ")
    return {k: v for k, v in _answered(exchange).items() if k == "value" or k.startswith(parts)}


def _new_nan(failed: Failed) -> bool:
    got, want = failed.got, failed.want
    if not isinstance(got, torch.Tensor) or not isinstance(want, torch.Tensor):
        return False
    return bool(got.isnan().any()) and not bool(want.isnan().any())


def _is_argument(exchange: Exchange) -> bool:
    """Whether the result is an argument that was left alone, or has the very numbers of one.

    Of a list, whether all its items are.
    """
    facets, given = _answered(exchange), asked(exchange)
    before = {n: given.get(path) for n, path in _named(exchange.body["args"])}
    places = [k.removesuffix(" kind").removesuffix(" is") for k in facets]
    results = [p for p in dict.fromkeys(places) if p.startswith("value") and " " not in p]
    items = [p for p in results if facets.get(f"{p} length") is None]
    telling = False
    for path in items:
        name, value = facets.get(f"{path} is"), facets.get(path)
        if name in before:
            after = facets.get(f"argument {exchange.body['names'].index(name)}")
            same = telling = equal(after, before[name])
        else:
            same = isinstance(value, Numbers) and any(equal(value, v) for v in given.values())
            telling = telling or (same and value.values.size > 1 and not trivial(value))
        if not same:
            return False
    return telling


def _named(nodes: Sequence[Any], path: str = "argument {}") -> Iterator[tuple[str, str]]:
    """The objects among the arguments that have names, each with its facet's path."""
    for i, node in enumerate(nodes):
        if not isinstance(node, dict):
            continue
        here = path.format(i)
        if isinstance(node.get("id"), str):
            yield node["id"], here
        if node.get("k") in ("list", "tuple"):
            yield from _named(node["items"], here + "[{}]")


def _constant(calls: Sequence[Exchange]) -> bool:
    """Whether different questions all had the same answer, or the same number all over it."""
    questions = {_text(asked(e)) for e in calls}
    if len(questions) < FEWEST:
        return False
    answers = [_value(e) for e in calls]
    numbers = {_only_number(a) for a in answers}
    if len(numbers) == 1 and None not in numbers:
        return True
    return _only_numbers(answers[0]) and len({_text(a) for a in answers}) == 1


def _text(facets: Facets) -> str:
    """The same for the same facets, and for no others."""
    plain = {k: v.values.tolist() if isinstance(v, Numbers) else v for k, v in facets.items()}
    return repr(sorted(plain.items()))


def _only_numbers(facets: Facets) -> bool:
    return any(isinstance(v, (float, Numbers)) for v in facets.values())


def _only_number(facets: Facets) -> float | None:
    """The number that a result consists of, if it is one only."""
    value = facets.get("value")
    if isinstance(value, float):
        return value
    if not isinstance(value, Numbers) or value.values.size == 0:
        return None
    flat = value.values.reshape(-1)
    return float(flat[0]) if np.all(flat == flat[0]) else None
