"""Whether an answer keeps the contract: kind, number of items, dtype and shape.

Dimension names are bound by the arguments of the call, so that a message can say which size was
meant: "`d_in d_hidden` is (1, 10) here".
"""

import re
from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import torch

from dojo.contract.read import (
    FLOATS,
    INTEGERS,
    Anything,
    Array,
    Choice,
    Contract,
    Function,
    Items,
    Lookup,
    Named,
    Scalar,
    Signature,
    Spec,
    Stream,
    Unordered,
)
from dojo.wire.values import Record, facts_of

_DIM = re.compile(r"([A-Za-z_]\w*|\d+)(?:([+-])(\d+))?")


class Broken(Exception):
    """An answer breaks the contract.

    Args:
        text: how, for the learner.
        part: of the contract: kind, dtype or shape.
    """

    def __init__(self, text: str, part: str = "kind") -> None:
        super().__init__(text)
        self.part = part


def bind(signature: Signature, args: Sequence[Any], contract: Contract) -> dict[str, int]:
    """The sizes that the arguments of a call give to the dimension names."""
    sizes: dict[str, int] = {}
    for (name, spec, _), value in zip(signature.parameters, args, strict=False):
        _bind_value(name, spec, value, contract, sizes)
    return sizes


def check(
    spec: Spec, value: Any, sizes: dict[str, int], contract: Contract, what: str = "the result"
) -> None:
    """Compare an answer with what was promised.

    Args:
        spec: the promise.
        value: the decoded answer.
        sizes: dimension names bound so far; names first met here are added.
        contract: for the fields of dataclasses.
        what: the answer's name in a sentence.

    Raises:
        Broken: it differs.
    """
    match spec:
        case Array():
            _check_array(spec, value, sizes, what)
        case Items():
            _check_items(spec, value, sizes, contract, what)
        case Scalar():
            _check_scalar(spec, value, what)
        case Named(name):
            _check_named(name, value, sizes, contract, what)
        case Choice(options):
            _check_choice(options, value, sizes, contract, what)
        case Stream():
            _check_stream(spec, value, what)
        case Lookup(key, item):
            _check_lookup(key, item, value, sizes, contract, what)
        case Unordered(each):
            if not isinstance(value, (set, frozenset)):
                raise Broken(f"{what} should be a set, but it is {describe(value)}.")
            for member in value:
                check(each, member, sizes, contract, f"a member of {what}")
        case Function():
            if not callable(value) or not getattr(value, "callable", True):
                raise Broken(f"{what} should be a function, but it is {describe(value)}.")
        case Anything(text):
            if value is None and text and text.rpartition(".")[2] not in ("Any", "object"):
                raise Broken(f"{what} should be {_short_type(text)}, but it is {describe(value)}.")


def describe(value: Any) -> str:
    """A value's kind and shape in words, for a sentence."""
    if value is None:
        return "None (is there a `return`?)"
    if isinstance(value, torch.Tensor):
        return f"a tensor of shape {shape_text(value.shape)}"
    if isinstance(value, np.ndarray):
        return f"a NumPy array of shape {shape_text(value.shape)}"
    if isinstance(value, (list, tuple)):
        word = type(value).__name__
        return f"a {word} of {len(value)} item{'' if len(value) == 1 else 's'}"
    if isinstance(value, (dict, set, frozenset)):
        entries = "1 entry" if len(value) == 1 else f"{len(value)} entries"
        return f"{with_article(type(value).__name__)} of {entries}"
    if isinstance(value, Record):
        return with_article(value.type_name)
    if isinstance(value, int) and abs(value) >= 10**20:
        return f"a whole number of {len(str(abs(value)))} digits"
    if isinstance(value, (bool, int, float)):
        return f"the {type(value).__name__} {value!r}"
    if isinstance(value, str):
        return f"the string {value[:40]!r}"
    name = getattr(value, "type_name", type(value).__name__)
    return f"an object of type {name}"


def with_article(word: str) -> str:
    """A word behind ``a`` or ``an``; for an empty one, words that say that there is no name."""
    if not word:
        return "an object whose class has no name"
    return f"{'an' if word[0].lower() in 'aeio' else 'a'} {word}"


def capital(text: str) -> str:
    """A sentence's beginning; a name such as ``w`` or ``w1`` stays as the code writes it."""
    first = text.partition(" ")[0]
    name = len(first) == 1 or not first.isalpha()
    return text if name and first != "a" else text[:1].upper() + text[1:]


def shape_text(shape: Sequence[int]) -> str:
    """A shape as Python writes it: ``(7, 3)``, ``(7,)``, ``()``."""
    return "()" if not len(shape) else str(tuple(int(n) for n in shape))


def _check_array(spec: Array, value: Any, sizes: dict[str, int], what: str) -> None:
    if not isinstance(value, torch.Tensor):
        raise Broken(f"{what} should be a tensor, but it is {describe(value)}.")
    facts = facts_of(value)
    dtype = facts.dtype if facts else str(value.dtype).removeprefix("torch.")
    if spec.dtypes and dtype not in spec.dtypes:
        words = _kind_words(spec.dtypes)
        raise Broken(f"{what} should hold {words}, but its dtype is {dtype}.", "dtype")
    if spec.dims is None:
        return
    wanted = _wanted_shape(spec.dims, tuple(value.shape), sizes)
    if wanted is not None:
        dims = " ".join(spec.dims)
        names = f"; `{dims}` is {wanted} here" if dims else " instead of (), which is one number"
        expected = f" instead of {wanted}" if dims.replace(" ", "").isdigit() else names
        raise Broken(f"{what} has shape {shape_text(value.shape)}{expected}.", "shape")


def _kind_words(dtypes: tuple[str, ...]) -> str:
    if dtypes == FLOATS:
        return "floating numbers"
    if dtypes == INTEGERS:
        return "whole numbers"
    return "True and False" if dtypes == ("bool",) else " or ".join(dtypes)


def _wanted_shape(
    dims: tuple[str, ...], shape: tuple[int, ...], sizes: dict[str, int]
) -> str | None:
    """None when the shape fits, else the expected shape as text. Binds names met first."""
    flexible = [i for i, d in enumerate(dims) if d.startswith("*") or d == "..."]
    if flexible:
        at, rest = flexible[0], len(dims) - flexible[0] - 1
        named = dims[at].lstrip("*")
        middle = sizes.get(f"*{named}:len")
        if middle is not None:
            stars = tuple(f"*{named}:{i}" for i in range(middle))
            dims = dims[:at] + stars + dims[at + 1 :]
        elif len(shape) >= at + rest:
            taken = shape[at : len(shape) - rest]
            if named != "...":
                sizes[f"*{named}:len"] = len(taken)
                sizes.update({f"*{named}:{i}": n for i, n in enumerate(taken)})
            shape = shape[:at] + shape[len(shape) - rest :]
            dims = dims[:at] + dims[at + 1 :]
    known = [_size(d, sizes) for d in dims]
    fits = len(shape) == len(dims) and all(
        k is None or k == n for k, n in zip(known, shape, strict=True)
    )
    if fits:
        for d, n in zip(dims, shape, strict=True):
            if d.isidentifier():
                sizes.setdefault(d, n)
        return None
    shown = ", ".join(str(k) if k is not None else d for k, d in zip(known, dims, strict=True))
    return f"({shown},)" if len(dims) == 1 else f"({shown})"


def _size(dim: str, sizes: Mapping[str, int]) -> int | None:
    if dim.startswith("*"):
        return sizes.get(dim)
    parts = _DIM.fullmatch(dim)
    if parts is None:
        return None
    base = int(parts[1]) if parts[1].isdigit() else sizes.get(parts[1])
    if base is None or parts[2] is None:
        return base
    return base + int(parts[3]) if parts[2] == "+" else base - int(parts[3])


def _check_items(
    spec: Items, value: Any, sizes: dict[str, int], contract: Contract, what: str
) -> None:
    if spec.all is not None:
        if not isinstance(value, (list, tuple)) or len(value) != len(spec.all):
            raise Broken(f"{what} should be {len(spec.all)} values, but it is {describe(value)}.")
        for i, (part, item) in enumerate(zip(spec.all, value, strict=True)):
            check(part, item, sizes, contract, f"{_ordinal(i)} value of {what}")
        return
    if not isinstance(value, (list, tuple)):
        raise Broken(f"{what} should be a {spec.word}, but it is {describe(value)}.")
    for i, item in enumerate(value):
        check(spec.each or Anything(), item, sizes, contract, f"item {i} of {what}")


def _check_stream(spec: Stream, value: Any, what: str) -> None:
    """What is iterated over stays on the far side; its items are checked as they come."""
    plain = isinstance(value, (list, tuple, dict, set, frozenset))
    if spec.word == "iterable" and (plain or getattr(value, "iterable", False)):
        return
    if spec.word == "iterator" and getattr(value, "iterator", False):
        return
    raise Broken(f"{what} should be an {spec.word}, but it is {describe(value)}.")


def _check_lookup(
    key: Spec, item: Spec, value: Any, sizes: dict[str, int], contract: Contract, what: str
) -> None:
    if not isinstance(value, dict):
        raise Broken(f"{what} should be a dict, but it is {describe(value)}.")
    for k, v in value.items():
        check(key, k, sizes, contract, f"a key of {what}")
        shown = repr(k)[:40] if isinstance(k, (str, int, float)) else "a key"
        check(item, v, sizes, contract, f"{what} at {shown}")


def _short_type(text: str) -> str:
    return text if text.startswith("a ") else f"of type {text[:60]}"


def _check_choice(
    options: tuple[Spec, ...], value: Any, sizes: dict[str, int], contract: Contract, what: str
) -> None:
    problems: list[Broken] = []
    for option in options:
        try:
            check(option, value, sizes, contract, what)
        except Broken as problem:
            problems.append(problem)
        else:
            return
    raise problems[0]


def _check_scalar(spec: Scalar, value: Any, what: str) -> None:
    word = spec.word
    if word == "None":
        fits = value is None
    elif word == "float":
        fits = isinstance(value, (int, float)) and not isinstance(value, bool)
        fits = fits and (isinstance(value, float) or abs(value) < 2**1024)  # what a float can hold
    elif word == "int":
        fits = isinstance(value, int) and not isinstance(value, bool)
    elif word == "bool":
        fits = isinstance(value, bool)
    else:
        fits = type(value).__name__ == word
    if not fits:
        named = word if word == "None" else with_article(word)
        raise Broken(f"{what} should be {named}, but it is {describe(value)}.")
    if spec.literals and value not in spec.literals:
        choices = ", ".join(repr(x) for x in spec.literals)
        raise Broken(f"{what} is {value!r}, but it should be one of {choices}.")


def _check_named(
    name: str, value: Any, sizes: dict[str, int], contract: Contract, what: str
) -> None:
    fields = contract.fields.get(name)
    if fields is None:
        if value is None:
            raise Broken(f"{what} should be {with_article(name)}, but it is {describe(value)}.")
        return
    if not isinstance(value, Record):
        raise Broken(f"{what} should be {with_article(name)}, but it is {describe(value)}.")
    for key, spec in fields.items():
        if key not in value.fields:
            raise Broken(
                f"{what} has no field `{key}`; {with_article(name)} has {', '.join(fields)}."
            )
        check(spec, value.fields[key], sizes, contract, f"`{key}` of {what}")


def _bind_value(
    name: str, spec: Spec, value: Any, contract: Contract, sizes: dict[str, int]
) -> None:
    if isinstance(value, int) and not isinstance(value, bool):
        sizes.setdefault(name, value)
    elif isinstance(spec, Array) and spec.dims is not None and isinstance(value, torch.Tensor):
        _wanted_shape(spec.dims, tuple(value.shape), sizes)
    elif isinstance(spec, Items) and isinstance(value, (list, tuple)):
        specs = spec.all or (spec.each or Anything(),) * len(value)
        for part, item in zip(specs, value, strict=False):
            _bind_value("", part, item, contract, sizes)
    elif isinstance(spec, Lookup) and isinstance(value, dict):
        for item in value.values():
            _bind_value("", spec.value, item, contract, sizes)
    elif isinstance(spec, Named) and isinstance(value, Record):
        for key, part in contract.fields.get(spec.name, {}).items():
            _bind_value(key, part, value.fields.get(key), contract, sizes)


def _ordinal(index: int) -> str:
    words = ("the first", "the second", "the third", "the fourth", "the fifth")
    return words[index] if index < len(words) else f"item {index + 1}"
