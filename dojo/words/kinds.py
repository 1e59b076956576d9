"""Python's errors about kinds of values in plain words: None, numbers, lists for tensors."""

import re

from dojo.words.names import is_tensors
from dojo.words.rules import Case, Rule, article

_NUMBERS = ("float", "int", "bool", "complex")
_SEQUENCES = ("list", "tuple")
_FUNCTIONS = ("function", "builtin_function_or_method", "method", "method_descriptor", "type")

GRAD_IS_NONE = (
    "A `.grad` here is None: it is filled by backward(), and only in tensors with "
    "requires_grad=True that begin the computation. Cleared gradients are None, too."
)
_NONE = (
    "Something in this line is None. A function that ends without `return` gives None, and so do "
    "methods that change a thing in place, such as `list.append()`."
)


def _none(case: Case, _: re.Match[str]) -> str:
    return GRAD_IS_NONE if _of_grad(case) else _NONE


def _of_grad(case: Case) -> bool:
    return bool(re.search(r"\.grad\b", case.text))


def _attribute_of_none(case: Case, match: re.Match[str]) -> str:
    if _of_grad(case):
        return GRAD_IS_NONE
    return f"What stands before `.{match[1]}` is None here. {_NONE.partition('. ')[2]}"


def _attribute_of_plain(case: Case, match: re.Match[str]) -> str | None:
    """A number, list or array that should have been a tensor."""
    kind, name = match.groups()
    if not is_tensors(name):
        return None
    if kind in _NUMBERS:
        what = f"What stands before `.{name}` is a plain Python number ({kind}), not a tensor"
        if name in ("backward", "grad", "requires_grad", "grad_fn", "detach", "requires_grad_"):
            return (
                f"{what}: it doesn't know how it was computed. `.item()`, `float()` and sums of "
                "plain numbers give such numbers."
            )
        return f"{what}. `.item()`, `float()` and `len()` give plain numbers."
    if kind in _SEQUENCES:
        return (
            f"What stands before `.{name}` is a {kind}, not a tensor. torch.tensor() makes a "
            "tensor of plain numbers, torch.stack() of tensors of one shape."
        )
    return (
        f"What stands before `.{name}` is a NumPy array, not a tensor: torch.from_numpy() makes "
        "one, and gradients don't go through NumPy."
    )


def _pair(_: Case, match: re.Match[str]) -> str:
    return (
        f"`{match[1]}` along a dimension gives two tensors: `.values`, and their places, "
        "`.indices`. Which one is meant?"
    )


def _operands(case: Case, match: re.Match[str]) -> str:
    operator, left, right = match.groups()
    return _between(case, operator, left, right)


def _compared(case: Case, match: re.Match[str]) -> str:
    return _between(case, match[1], match[2], match[3])


def _between(case: Case, operator: str, left: str, right: str) -> str:
    kinds = (left, right)
    if operator == "^" and set(kinds) & set(_NUMBERS):
        return "`^` is no power in Python, but works on bits: `**` is the power."
    if "NoneType" in kinds:
        return GRAD_IS_NONE if _of_grad(case) else f"`{operator}` doesn't work with None. {_NONE}"
    if any(k in _FUNCTIONS for k in kinds):
        return (
            f"One side of `{operator}` is a function itself. With () behind its name it is "
            "called, and gives its result."
        )
    if any(k in _SEQUENCES for k in kinds):
        word = next(k for k in kinds if k in _SEQUENCES)
        return (
            f"A {word} doesn't calculate number by number, so `{operator}` doesn't work with it "
            "as with a tensor. Work on its items one by one, or make a tensor of it."
        )
    if any("return_types" in k for k in kinds):
        return (
            "min() and max() along a dimension give two tensors: `.values`, and their places, "
            "`.indices`. Which one is meant?"
        )
    return f"`{operator}` doesn't work between {_kind(left)} and {_kind(right)}."


def _kind(word: str) -> str:
    return {"str": "a text (str)", "NoneType": "None"}.get(word, article(word))


def _unary(case: Case, match: re.Match[str]) -> str:
    operator, kind = match.groups()
    if kind == "NoneType":
        return _none(case, match)
    if kind in _SEQUENCES:
        return f"A {kind} doesn't calculate number by number, as a tensor does."
    return f"`{operator.removesuffix('()')}` doesn't work on {_kind(kind)}."


def _times(_: Case, match: re.Match[str]) -> str:
    return (
        "A list times something repeats the list, and takes whole numbers only. It doesn't "
        "calculate number by number: a tensor does."
    )


def _joined(case: Case, match: re.Match[str]) -> str:
    kind, other = match.groups()
    if other == "NoneType":
        return _none(case, match)
    if kind == "str":
        return f"`+` joins texts, but here {_kind(other)} is to be added. An f-string shows it."
    return (
        f"`+` with a {kind} joins it to another {kind}: it doesn't add number by number, and "
        f"takes no {other}. A tensor does."
    )


def _not_callable(case: Case, match: re.Match[str]) -> str:
    kind = match[1].rpartition(".")[2]
    if kind == "NoneType":
        return (
            _none(case, match)
            if _of_grad(case)
            else ("What stands before the round brackets is None. " + _NONE.partition(". ")[2])
        )
    if kind == "Size":
        return "`.shape` is no function: `.shape[0]` is the first size, and so is `.size(0)`."
    if kind == "module":
        return "A module itself can't be called: which of its functions is meant?"
    return (
        f"What stands before the round brackets is {article(kind)}, and only functions can be "
        "called. A sign that is missing, as in `2(x + 1)`, or a name that was given another value?"
    )


def _not_subscriptable(case: Case, match: re.Match[str]) -> str:
    kind = match[1]
    if kind == "NoneType":
        return _none(case, match)
    if kind in _FUNCTIONS:
        return "A function is called with round brackets: f(x). Square ones ask for a place."
    if kind in _NUMBERS:
        return f"A plain number ({kind}) has no places to ask for with square brackets."
    return f"Square brackets ask for a place, and {article(kind)} has none."


def _iterated(case: Case, match: re.Match[str]) -> str:
    kind = match[1]
    if kind == "NoneType":
        return _none(case, match)
    if kind == "int":
        return "A number can't be gone through: range(n) counts from 0 to n - 1."
    if kind in _NUMBERS:
        return f"A single number ({kind}) stands where several values are wanted."
    return f"{article(kind).capitalize()} has no items to go through or unpack."


def _length(case: Case, match: re.Match[str]) -> str:
    if match[1] == "NoneType":
        return _none(case, match)
    return f"len() counts items, and {article(match[1])} has none."


_NONES: tuple[Rule, ...] = (
    Rule(
        "none-used",
        r"'NoneType' object has no attribute '(\w+)'",
        _attribute_of_none,
        ("AttributeError",),
    ),
    Rule(
        "none-used",
        r"argument must be .*not '?NoneType|NoneType.__format__"
        r"|'NoneType' object (?:does|is|cannot)|non-iterable NoneType"
        r"|must be real number, not NoneType",
        _none,
        ("TypeError",),
    ),
    Rule(
        "none-used",
        r"unsupported operand type\(s\) for (\S+?)(?: or pow\(\))?: "
        r"'(.+)' and '(NoneType)'$",
        _operands,
        ("TypeError",),
    ),
    Rule(
        "none-used",
        r"unsupported operand type\(s\) for (\S+?)(?: or pow\(\))?: '(NoneType)' and '(.+)'$",
        _operands,
        ("TypeError",),
    ),
    Rule(
        "none-used",
        r"bad operand type for (?:unary )?(\S+): '(NoneType)'",
        _unary,
        ("TypeError",),
    ),
    Rule("none-used", r"object of type '(NoneType)' has no len", _length, ("TypeError",)),
    Rule(
        "none-used",
        r"'(\S{1,3})' not supported between instances of '(NoneType)' and '(.+)'",
        _compared,
        ("TypeError",),
    ),
    Rule(
        "none-used",
        r"'(\S{1,3})' not supported between instances of '(.+)' and '(NoneType)'",
        _compared,
        ("TypeError",),
    ),
)

_KINDS: tuple[Rule, ...] = (
    Rule(
        "number-for-tensor",
        r"'(float|int|bool)' object has no attribute '(\w+)'",
        _attribute_of_plain,
        ("AttributeError",),
    ),
    Rule(
        "list-for-tensor",
        r"'(list|tuple)' object has no attribute '(\w+)'",
        _attribute_of_plain,
        ("AttributeError",),
    ),
    Rule(
        "array-for-tensor",
        r"'numpy\.(ndarray|float64|float32)' object has no attribute '(\w+)'",
        _attribute_of_plain,
        ("AttributeError",),
    ),
    Rule(
        "pair-for-tensor",
        r"'torch\.return_types\.(\w+)' object has no attribute",
        _pair,
        ("AttributeError",),
    ),
    Rule(
        "operands-dont-fit",
        r"unsupported operand type\(s\) for (\S+?)(?: or pow\(\))?: '(.+)' and '(.+)'",
        _operands,
        ("TypeError",),
    ),
    Rule(
        "operands-dont-fit",
        r"'(\S{1,3})' not supported between instances of '(.+)' and '(.+)'",
        _compared,
        ("TypeError",),
    ),
    Rule("operands-dont-fit", r"bad operand type for (?:unary )?(\S+): '(.+)'", _unary),
    Rule("operands-dont-fit", r"can't multiply sequence by non-int of type '(.+)'", _times),
    Rule("operands-dont-fit", r"can only concatenate (\w+) \(not \"([\w.]+)\"\) to \w+", _joined),
    Rule("not-a-function", r"'([\w.]+)' object is not callable", _not_callable, ("TypeError",)),
    Rule(
        "nothing-to-index",
        r"'([\w.]+)' object is not subscriptable",
        _not_subscriptable,
        ("TypeError",),
    ),
    Rule(
        "nothing-to-go-through",
        r"'([\w.]+)' object is not iterable|cannot unpack non-iterable ([\w.]+) object",
        lambda c, m: _iterated(c, re.match(r"(.*)", m[1] or m[2]) or m),
        ("TypeError",),
    ),
    Rule(
        "nothing-to-go-through",
        r"iteration over a 0-d|len\(\) of (?:a 0-d|unsized)",
        "A tensor of shape () is one number: it has no rows to count or to go through.",
        ("TypeError",),
    ),
    Rule("nothing-to-go-through", r"object of type '([\w.]+)' has no len", _length),
    Rule(
        "number-not-whole",
        r"'(\w+)' object cannot be interpreted as an integer",
        "A count is a whole number, but here it is a {0}. `/` always gives a float, `//` and "
        "int() give whole numbers.",
        ("TypeError",),
    ),
    Rule(
        "stays-as-it-is",
        r"'([\w.]+)' object does not support item assignment",
        lambda c, m: f"{article(m[1]).capitalize()} has no places that can be given new values.",
        ("TypeError",),
    ),
    Rule(
        "no-such-place",
        r"(?:list|tuple) index out of range",
        "A place was asked for that the list doesn't have. Places are counted from 0, so the last "
        "of n is n - 1.",
        ("IndexError",),
    ),
    Rule(
        "place-not-whole",
        r"(?:list|tuple|string) indices must be integers or slices, not (\w+)",
        "A place in a list is a whole number, but here it is a {0}.",
        ("TypeError",),
    ),
    Rule(
        "brackets-missing",
        r"'(type|\w*function\w*|method)' object does not support the context manager",
        "What stands behind `with` is called: round brackets belong to it, as in "
        "`with torch.no_grad():`.",
    ),
    Rule(
        "nothing-to-enter",
        r"object does not support the context manager|(?:__enter__|__exit__)$",
        "What stands behind `with` can't be entered and left, as torch.no_grad() can.",
    ),
    Rule(
        "not-one-number",
        r"unsupported format string passed to (Tensor|list|tuple|ndarray)\.__format__",
        "A format such as `:.3f` wants a plain number, but here it is given a {0}.",
    ),
    Rule(
        "unhashable",
        r"unhashable type: '(\w+)'",
        "What can change, such as a list, can't be a key of a dict or a member of a set. A tuple "
        "can.",
    ),
)

KINDS: tuple[Rule, ...] = (*_NONES, *_KINDS)
