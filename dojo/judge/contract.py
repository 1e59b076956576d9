"""A kata's contract: what its functions take and return, read from the solution's annotations.

The annotations are parsed, not evaluated. One check compares any answer with them: kind, number
of items, shape, with dimension names bound by the arguments of the call.
"""

import ast
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch

from dojo.wire import Record, facts_of

FLOATS = ("float64", "float32", "float16", "bfloat16")
INTEGERS = ("int64", "int32", "int16", "int8", "uint8")
_ARRAYS: dict[str, tuple[str, ...]] = {
    "Float": FLOATS,
    "Int": INTEGERS,
    "Int64": ("int64",),
    "Integer": INTEGERS,
    "Bool": ("bool",),
    "Num": FLOATS + INTEGERS,
    "Real": FLOATS + INTEGERS,
    "Shaped": (),
}
_KIND_WORDS = {FLOATS: "floating numbers", INTEGERS: "whole numbers", ("bool",): "True and False"}
_DIM = re.compile(r"([A-Za-z_]\w*|\d+)(?:([+-])(\d+))?")


@dataclass(frozen=True)
class Array:
    """A tensor: allowed dtypes (empty: any) and dimensions (None: any shape)."""

    dtypes: tuple[str, ...] = ()
    dims: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Items:
    """A list or tuple; ``each`` for one kind of item, ``all`` for a tuple of fixed length."""

    word: str
    each: "Spec | None" = None
    all: "tuple[Spec, ...] | None" = None


@dataclass(frozen=True)
class Scalar:
    """A plain Python value; ``word`` is its type's name, ``literals`` the only values allowed."""

    word: str
    literals: tuple[Any, ...] = ()


@dataclass(frozen=True)
class Named:
    """An instance of a class that the stub or the learner defines."""

    name: str


@dataclass(frozen=True)
class Choice:
    """One of several."""

    options: "tuple[Spec, ...]"


@dataclass(frozen=True)
class Anything:
    """No promise that can be checked."""

    text: str = ""


Spec = Array | Items | Scalar | Named | Choice | Anything


@dataclass(frozen=True)
class Signature:
    """A function's parameters (name, spec, has a default) and result; where it stands."""

    name: str
    parameters: tuple[tuple[str, Spec, bool], ...]
    returns: Spec
    line: int
    annotated: bool
    variadic: bool


@dataclass(frozen=True)
class Contract:
    """The functions and classes that one file defines.

    Attributes:
        functions: by name.
        classes: methods by name, by class name (dataclasses too).
        fields: the fields of each dataclass, in order.
    """

    functions: Mapping[str, Signature] = field(default_factory=dict)
    classes: Mapping[str, Mapping[str, Signature]] = field(default_factory=dict)
    fields: Mapping[str, Mapping[str, Spec]] = field(default_factory=dict)


class Broken(Exception):
    """An answer breaks the contract; the text says how, for the learner."""


def read_contract(tree: ast.Module) -> Contract:
    """The contract that a file's syntax tree states."""
    aliases = _aliases(tree)
    functions: dict[str, Signature] = {}
    classes: dict[str, dict[str, Signature]] = {}
    fields: dict[str, dict[str, Spec]] = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            functions[node.name] = _signature(node, aliases, skip=0)
        elif isinstance(node, ast.ClassDef):
            methods = [m for m in node.body if isinstance(m, ast.FunctionDef)]
            classes[node.name] = {m.name: _signature(m, aliases, _bound(m)) for m in methods}
            if any("dataclass" in ast.unparse(d) for d in node.decorator_list):
                fields[node.name] = {
                    a.target.id: parse_annotation(a.annotation, aliases)
                    for a in node.body
                    if isinstance(a, ast.AnnAssign) and isinstance(a.target, ast.Name)
                }
    return Contract(functions, classes, fields)


def parse_annotation(node: ast.expr | None, aliases: Mapping[str, ast.expr]) -> Spec:
    """What an annotation promises; Anything where it promises nothing that can be checked."""
    match node:
        case None:
            return Anything()
        case ast.Constant(value=None):
            return Scalar("None")
        case ast.Constant(value=str(text)):
            try:
                return parse_annotation(ast.parse(text.strip(), mode="eval").body, aliases)
            except SyntaxError:
                return Anything(text)
        case ast.BinOp(op=ast.BitOr()):
            left = parse_annotation(node.left, aliases)
            right = parse_annotation(node.right, aliases)
            return Choice((left, right))
        case ast.Subscript():
            return _subscript(node, aliases)
        case ast.Name() | ast.Attribute():
            return _plain(node, aliases)
        case _:
            return Anything(ast.unparse(node))


def _plain(node: ast.Name | ast.Attribute, aliases: Mapping[str, ast.expr]) -> Spec:
    name = node.id if isinstance(node, ast.Name) else node.attr
    if isinstance(node, ast.Name) and name in aliases:
        rest = {k: v for k, v in aliases.items() if k != name}
        return parse_annotation(aliases[name], rest)
    if name in ("float", "int", "bool", "str", "bytes"):
        return Scalar(name)
    if name == "Tensor":
        return Array()
    if name in ("list", "List", "Sequence"):
        return Items("list", Anything())
    if name in ("tuple", "Tuple"):
        return Items("tuple", Anything())
    if name[:1].isupper() and name not in ("Any", "Callable", "Iterator", "Iterable", "Generator"):
        return Named(name)
    return Anything(ast.unparse(node))


def _subscript(node: ast.Subscript, aliases: Mapping[str, ast.expr]) -> Spec:
    head = node.value.attr if isinstance(node.value, ast.Attribute) else ast.unparse(node.value)
    alias = aliases.get(head)
    if isinstance(alias, (ast.Name, ast.Attribute)):
        head = ast.unparse(alias).rpartition(".")[2]
    inner = node.slice
    parts = list(inner.elts) if isinstance(inner, ast.Tuple) else [inner]
    if head in _ARRAYS and len(parts) == 2 and isinstance(parts[1], ast.Constant):
        return Array(_ARRAYS[head], tuple(str(parts[1].value).split()))
    if head in ("list", "List", "Sequence"):
        return Items("list", parse_annotation(parts[0], aliases))
    if head in ("tuple", "Tuple"):
        if len(parts) == 2 and isinstance(parts[1], ast.Constant) and parts[1].value is ...:
            return Items("tuple", parse_annotation(parts[0], aliases))
        return Items("tuple", all=tuple(parse_annotation(p, aliases) for p in parts))
    if head == "Literal":
        values = tuple(p.value for p in parts if isinstance(p, ast.Constant))
        return Scalar(type(values[0]).__name__, values) if values else Anything()
    if head == "Optional":
        return Choice((parse_annotation(parts[0], aliases), Scalar("None")))
    if head == "Union":
        return Choice(tuple(parse_annotation(p, aliases) for p in parts))
    if head in ("Final", "Annotated", "ClassVar"):
        return parse_annotation(parts[0], aliases)
    return Anything(ast.unparse(node))


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
            problems: list[Broken] = []
            for option in options:
                try:
                    return check(option, value, sizes, contract, what)
                except Broken as problem:
                    problems.append(problem)
            raise problems[0]
        case Anything():
            return None


def describe(value: Any) -> str:
    """A value's kind and shape in words, for a sentence."""
    if value is None:
        return "None"
    if isinstance(value, torch.Tensor):
        return f"a tensor of shape {shape_text(value.shape)}"
    if isinstance(value, np.ndarray):
        return f"a NumPy array of shape {shape_text(value.shape)}"
    if isinstance(value, (list, tuple)):
        word = type(value).__name__
        return f"a {word} of {len(value)} item{'' if len(value) == 1 else 's'}"
    if isinstance(value, Record):
        return f"a {value.type_name}"
    if isinstance(value, (bool, int, float)):
        return f"the {type(value).__name__} {value!r}"
    if isinstance(value, str):
        return f"the string {value[:40]!r}"
    name = getattr(value, "type_name", type(value).__name__)
    return f"an object of type {name}"


def shape_text(shape: Sequence[int]) -> str:
    return "()" if not len(shape) else str(tuple(int(n) for n in shape))


def _check_array(spec: Array, value: Any, sizes: dict[str, int], what: str) -> None:
    if not isinstance(value, torch.Tensor):
        raise Broken(f"{what} should be a tensor, but it is {describe(value)}.")
    facts = facts_of(value)
    dtype = facts.dtype if facts else str(value.dtype).removeprefix("torch.")
    if spec.dtypes and dtype not in spec.dtypes:
        words = _KIND_WORDS.get(spec.dtypes, " or ".join(spec.dtypes))
        raise Broken(f"{what} should hold {words}, but its dtype is {dtype}.")
    if spec.dims is None:
        return
    wanted = _wanted_shape(spec.dims, tuple(value.shape), sizes)
    if wanted is not None:
        dims = " ".join(spec.dims)
        names = f"; `{dims}` is {wanted} here" if dims else f" ({wanted}: one number)"
        expected = f" instead of {wanted}" if dims.replace(" ", "").isdigit() else names
        raise Broken(f"{what} has shape {shape_text(value.shape)}{expected}.")


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


def _check_scalar(spec: Scalar, value: Any, what: str) -> None:
    word = spec.word
    if word == "None":
        fits = value is None
    elif word == "float":
        fits = isinstance(value, (int, float)) and not isinstance(value, bool)
    elif word == "int":
        fits = isinstance(value, int) and not isinstance(value, bool)
    elif word == "bool":
        fits = isinstance(value, bool)
    else:
        fits = type(value).__name__ == word
    if not fits:
        article = "" if word == "None" else "an " if word[0] in "aeiou" else "a "
        raise Broken(f"{what} should be {article}{word}, but it is {describe(value)}.")
    if spec.literals and value not in spec.literals:
        choices = ", ".join(repr(x) for x in spec.literals)
        raise Broken(f"{what} is {value!r}, but it should be one of {choices}.")


def _check_named(
    name: str, value: Any, sizes: dict[str, int], contract: Contract, what: str
) -> None:
    fields = contract.fields.get(name)
    if fields is None:
        return
    if not isinstance(value, Record):
        raise Broken(f"{what} should be a {name}, but it is {describe(value)}.")
    for key, spec in fields.items():
        if key not in value.fields:
            raise Broken(f"{what} has no field `{key}`; a {name} has {', '.join(fields)}.")
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
    elif isinstance(spec, Named) and isinstance(value, Record):
        for key, part in contract.fields.get(spec.name, {}).items():
            _bind_value(key, part, value.fields.get(key), contract, sizes)


def _signature(
    node: ast.FunctionDef, aliases: Mapping[str, ast.expr], skip: int
) -> Signature:
    args = (node.args.posonlyargs + node.args.args)[skip:]
    defaults = [False] * (len(args) - len(node.args.defaults)) + [True] * len(node.args.defaults)
    return Signature(
        name=node.name,
        parameters=tuple(
            (a.arg, parse_annotation(a.annotation, aliases), d)
            for a, d in zip(args, defaults[-len(args) :] if args else [], strict=True)
        ),
        returns=parse_annotation(node.returns, aliases),
        line=node.lineno,
        annotated=node.returns is not None and all(a.annotation is not None for a in args),
        variadic=node.args.vararg is not None,
    )


def _bound(method: ast.FunctionDef) -> int:
    decorators = {ast.unparse(d) for d in method.decorator_list}
    return 0 if "staticmethod" in decorators else 1


def _aliases(tree: ast.Module) -> dict[str, ast.expr]:
    """Names that stand for annotations: ``Call = Literal[...]``, ``import Float as F``."""
    out: dict[str, ast.expr] = {}
    for node in tree.body:
        if isinstance(node, ast.ImportFrom):
            out |= {a.asname: ast.Name(a.name) for a in node.names if a.asname}
            continue
        if isinstance(node, ast.Assign) and len(node.targets) == 1:
            target, value = node.targets[0], node.value
        elif isinstance(node, ast.AnnAssign) and node.value is not None:
            target, value = node.target, node.value
        else:
            continue
        if isinstance(target, ast.Name) and isinstance(
            value, (ast.Subscript, ast.Name, ast.Attribute, ast.BinOp)
        ):
            out[target.id] = value
    return out


def _ordinal(index: int) -> str:
    words = ("the first", "the second", "the third", "the fourth", "the fifth")
    return words[index] if index < len(words) else f"item {index + 1}"
