"""A kata's contract: what its functions take and return, read from the solution's annotations.

The annotations are parsed, not evaluated. How an answer is compared with them: see
dojo.contract.check.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

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
_STREAMS = {"Iterator": "iterator", "Generator": "iterator", "Iterable": "iterable"}
_LOOKUPS = ("dict", "Dict", "Mapping", "MutableMapping", "OrderedDict", "defaultdict")
_SETS = ("set", "Set", "frozenset", "FrozenSet", "AbstractSet")
_CONTEXTS = ("ContextManager", "AbstractContextManager")


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
class Stream:
    """What is iterated over: ``iterator`` (it has ``next``) or ``iterable``, and its items."""

    word: str
    each: "Spec"


@dataclass(frozen=True)
class Lookup:
    """A dict, with one kind of key and one of value."""

    key: "Spec"
    value: "Spec"


@dataclass(frozen=True)
class Unordered:
    """A set, with one kind of member."""

    each: "Spec"


@dataclass(frozen=True)
class Function:
    """Something that can be called."""


@dataclass(frozen=True)
class Anything:
    """No promise that can be checked, but for None: it is promised only where the text says so."""

    text: str = ""


Spec = Array | Items | Scalar | Named | Choice | Stream | Lookup | Unordered | Function | Anything


@dataclass(frozen=True)
class Signature:
    """A function's parameters (name, spec, has a default) and result; where it stands.

    Attributes:
        bare: names of the parameters without an annotation.
        promises: the result has one.
    """

    name: str
    parameters: tuple[tuple[str, Spec, bool], ...]
    returns: Spec
    line: int
    bare: tuple[str, ...]
    promises: bool
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


class Aliases:
    """Names that stand for annotations, each read once.

    Args:
        meant: what each name was assigned; one may be made of another, even endlessly.
    """

    def __init__(self, meant: Mapping[str, ast.expr]) -> None:
        self.meant = meant
        self._known: dict[str, Spec] = {}

    def spec(self, name: str) -> Spec:
        """What the annotation behind a name promises."""
        if name not in self._known:
            self._known[name] = Anything(name)  # for the name within itself
            self._known[name] = parse_annotation(self.meant[name], self)
        return self._known[name]


def read_contract(tree: ast.Module) -> Contract:
    """The contract that a file's syntax tree states."""
    aliases = Aliases(_aliases(tree))
    functions: dict[str, Signature] = {}
    classes: dict[str, dict[str, Signature]] = {}
    fields: dict[str, dict[str, Spec]] = {}
    for node in _statements(tree.body):
        if isinstance(node, ast.FunctionDef):
            functions[node.name] = _signature(node, aliases, skip=0)
        elif isinstance(node, (ast.Assign, ast.AnnAssign)):
            functions |= _renamed(node, functions)
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


def _statements(body: list[ast.stmt]) -> Iterator[ast.stmt]:
    """What a module runs at its top level, within if, try and with too."""
    for node in body:
        yield node
        for part in ("body", "handlers", "orelse", "finalbody"):
            if isinstance(node, (ast.If, ast.Try, ast.With, ast.ExceptHandler)):
                yield from _statements(getattr(node, part, []))


def _renamed(
    node: ast.Assign | ast.AnnAssign, functions: Mapping[str, Signature]
) -> dict[str, Signature]:
    """Functions that get a second name: ``name = other`` or ``name = wrapped(other)``."""
    value = node.value
    if isinstance(value, ast.Call) and len(value.args) == 1:
        value = value.args[0]
    known = functions.get(value.id) if isinstance(value, ast.Name) else None
    targets = node.targets if isinstance(node, ast.Assign) else [node.target]
    names = [t.id for t in targets if isinstance(t, ast.Name)]
    return {n: replace(known, name=n) for n in names} if known else {}


def parse_annotation(node: ast.expr | None, aliases: "Aliases") -> Spec:
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


def _plain(node: ast.Name | ast.Attribute, aliases: "Aliases") -> Spec:
    name = node.id if isinstance(node, ast.Name) else node.attr
    if isinstance(node, ast.Name) and name in aliases.meant:
        return aliases.spec(name)
    if name in ("float", "int", "bool", "str", "bytes"):
        return Scalar(name)
    if name == "Tensor":
        return Array()
    if name in ("list", "List", "Sequence"):
        return Items("list", Anything())
    if name in ("tuple", "Tuple"):
        return Items("tuple", Anything())
    if ast.unparse(node) == "torch.Generator":
        return Anything("torch.Generator")  # no iterator, but a source of random numbers
    if name in _STREAMS:
        return Stream(_STREAMS[name], Anything())
    if name in _LOOKUPS:
        return Lookup(Anything(), Anything())
    if name in _SETS:
        return Unordered(Anything())
    if name == "Callable":
        return Function()
    if name[:1].isupper() and name not in ("Any", *_CONTEXTS):
        return Named(name)
    return Anything(ast.unparse(node))


def _subscript(node: ast.Subscript, aliases: "Aliases") -> Spec:
    head = node.value.attr if isinstance(node.value, ast.Attribute) else ast.unparse(node.value)
    alias = aliases.meant.get(head)
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
    if head in _STREAMS:
        return Stream(_STREAMS[head], parse_annotation(parts[0], aliases))
    if head in _LOOKUPS and len(parts) == 2:
        return Lookup(*(parse_annotation(p, aliases) for p in parts))
    if head in _SETS:
        return Unordered(parse_annotation(parts[0], aliases))
    if head == "Callable":
        return Function()
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


def _signature(node: ast.FunctionDef, aliases: "Aliases", skip: int) -> Signature:
    args = (node.args.posonlyargs + node.args.args)[skip:]
    defaults = [False] * (len(args) - len(node.args.defaults)) + [True] * len(node.args.defaults)
    returns = parse_annotation(node.returns, aliases)
    decorators = {ast.unparse(d).rpartition(".")[2] for d in node.decorator_list}
    if "contextmanager" in decorators and isinstance(returns, Stream):
        returns = Anything("a context manager")  # the generator is what it is made of
    return Signature(
        name=node.name,
        parameters=tuple(
            (a.arg, parse_annotation(a.annotation, aliases), d)
            for a, d in zip(args, defaults[-len(args) :] if args else [], strict=True)
        ),
        returns=returns,
        line=node.lineno,
        bare=tuple(a.arg for a in args if a.annotation is None),
        promises=node.returns is not None,
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


def in_float64(contract: Contract) -> Contract:
    """The same contract where every floating result is promised in float64."""

    def narrow(signature: Signature) -> Signature:
        return replace(signature, returns=_in_float64(signature.returns))

    return Contract(
        {n: narrow(s) for n, s in contract.functions.items()},
        {c: {n: narrow(s) for n, s in methods.items()} for c, methods in contract.classes.items()},
        {c: {n: _in_float64(s) for n, s in held.items()} for c, held in contract.fields.items()},
    )


def _in_float64(spec: Spec) -> Spec:
    match spec:
        case Array(dtypes) if dtypes == FLOATS:
            return replace(spec, dtypes=("float64",))
        case Items(word, each, fixed):
            all_ = None if fixed is None else tuple(map(_in_float64, fixed))
            return Items(word, None if each is None else _in_float64(each), all_)
        case Choice(options):
            return Choice(tuple(map(_in_float64, options)))
        case Stream(word, each):
            return Stream(word, _in_float64(each))
        case Lookup(key, value):
            return Lookup(key, _in_float64(value))
        case _:
            return spec
