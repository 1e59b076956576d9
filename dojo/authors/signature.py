"""A kata's first files from its signature: a task that fits it, or a frame where none is known.

The task is twice a sum of products, plus one: results of any shape can be made of it, and its
mistakes can be told apart. It is there to be replaced, one thing at a time.
"""

import ast
import re
from collections.abc import Sequence
from dataclasses import dataclass

from dojo.contract.read import (
    FLOATS,
    Anything,
    Array,
    Choice,
    Function,
    Items,
    Lookup,
    Scalar,
    Signature,
    Spec,
    read_contract,
)
from dojo.errors import UsageError

_HOMES = {
    "Tensor": "torch",
    **dict.fromkeys(
        ("Float", "Int", "Int64", "Integer", "Bool", "Num", "Real", "Shaped"), "jaxtyping"
    ),
    **dict.fromkeys(
        ("Callable", "Iterable", "Iterator", "Generator", "Mapping", "Sequence"), "collections.abc"
    ),
    **dict.fromkeys(("Any", "Literal", "Protocol"), "typing"),
}
_BUILTINS = {"float", "int", "bool", "str", "bytes", "list", "tuple", "dict", "set", "None"}
_SIZES = ((7, 3, 5, 4, 2, 6), (1, 4, 3, 2, 6, 5), (70, 2, 3, 5, 4, 7))
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth")
_WIDTH = 100


@dataclass(frozen=True)
class Draft:
    """The texts of a new kata.

    Attributes:
        solution: the reference answer, with its marked region.
        alternatives: other right answers, by how they differ.
        mistakes: the tables of the card.
        suite: without its first line.
        brief: what is asked.
        mastered: what a learner can do now.
        hints: three.
    """

    solution: str
    alternatives: dict[str, str]
    mistakes: str
    suite: str
    brief: str
    mastered: str = "You can now say in a sentence what was learned."
    hints: tuple[str, ...] = (
        "A nudge: where to look first.",
        "The idea, in words.",
        "Nearly there, but never the code.",
    )


def draft(text: str) -> Draft:
    """The texts of a kata that has this signature.

    Args:
        text: such as ``def f(x: Float[Tensor, "n d"]) -> Float[Tensor, "d"]``.

    Raises:
        UsageError: it is no signature, or something in it has no annotation.
    """
    node, signature = _read(text)
    head = _head(node)
    task = _task(signature)
    imports = _imports(node, "einsum" in (task.lines if task else ""))
    if task is None:
        return Draft(
            _file(imports, head, ["raise NotImplementedError"], marked=True),
            {how: _file(imports, head, ["raise NotImplementedError"]) for how in ("one", "two")},
            "",
            _suite(signature),
            "Say in one to three sentences what is asked.",
        )
    return Draft(
        _file(imports, head, task.body("2 * {} + 1"), marked=True),
        {
            "added": _file(imports, head, task.body("{0} + {0} + 1")),
            "halves": _file(imports, head, task.body("({} + 0.5) * 2")),
        },
        task.mistakes(),
        _suite(signature),
        "Return twice the sum of the products of the arguments, plus one.",
    )


@dataclass(frozen=True)
class _Task:
    """Lines that make a sum of products for each result, and what stands around each of them."""

    lines: str
    names: tuple[str, ...]
    results: tuple[str, ...]

    def body(self, formula: str) -> list[str]:
        made = (r.format(formula.format(n)) for n, r in zip(self.names, self.results, strict=True))
        return [*self.lines.splitlines(), f"return {', '.join(made)}"]

    def mistakes(self) -> str:
        first, *others = self.names
        slips = [
            ("one-forgotten", f"2 * {first} + 1", f"2 * {first}", "Something is added at the end."),
            ("not-doubled", f"2 * {first} + 1", f"{first} + 1", "The sum is taken twice."),
            ("one-taken-away", f"2 * {first} + 1", f"2 * {first} - 1", "One is added."),
            ("sign", f"2 * {first} + 1", f"-2 * {first} + 1", "The sum has another sign here."),
        ]
        slips += [
            (f"{n}-not-doubled", f"2 * {n} + 1", f"{n} + 1", f"The {n} sum is taken twice, too.")
            for n in others
        ]
        return "".join(
            f'\n[[mistake]]\nid = "{i}"\nedits = [["{old}", "{new}"]]\nsays = "{says}"\n'
            for i, old, new, says in slips
        )


def _read(text: str) -> tuple[ast.FunctionDef, Signature]:
    like = 'write it as in --signature \'def f(x: Float[Tensor, "n d"]) -> Float[Tensor, "d"]\''
    source = text.strip().removesuffix(":").removesuffix("...").rstrip().removesuffix(":")
    source = source if source.startswith("def ") else f"def {source}"
    try:
        tree = ast.parse(f"{source}:\n    pass\n")
    except SyntaxError as error:
        raise UsageError(f"This is no signature ({error.msg}); {like}.") from None
    node = tree.body[0]
    if len(tree.body) != 1 or not isinstance(node, ast.FunctionDef):
        raise UsageError(f"This is no signature of one function; {like}.")
    signature = read_contract(tree).functions[node.name]
    bare = [*signature.bare, *(() if signature.promises else ("the result",))]
    if bare:
        raise UsageError(f"{bare[0]} has no annotation, which is the kata's contract; {like}.")
    if signature.variadic or node.args.kwarg or node.args.kwonlyargs:
        raise UsageError("A kata's function takes plain arguments, by position.")
    return node, signature


def _task(signature: Signature) -> _Task | None:
    """The sum of products for each result; None where one can't be made so."""
    specs = [signature.returns]
    if isinstance(signature.returns, Items) and signature.returns.all is not None:
        specs = list(signature.returns.all)
    names = ("total",) if len(specs) == 1 else _ORDINALS[: len(specs)]
    if len(names) < len(specs) or not specs:
        return None
    sums = [_sum(signature, spec) for spec in specs]
    if any(one is None for one in sums):
        return None
    lines = [f"{n} = {one[0]}" for n, one in zip(names, sums, strict=True) if one is not None]
    return _Task("\n".join(lines), names, tuple(one[1] for one in sums if one is not None))


def _sum(signature: Signature, spec: Spec) -> tuple[str, str] | None:
    """An expression for a sum of products, and what stands around the result made of it."""
    dims = spec.dims if isinstance(spec, Array) and spec.dtypes == FLOATS else None
    if isinstance(spec, Scalar) and spec.word == "float":
        dims = ()
    given = [(n, s) for n, s, _ in signature.parameters if isinstance(s, Array)]
    tensors = [(n, s.dims) for n, s in given if s.dtypes == FLOATS and s.dims is not None]
    factors = [n for n, s, _ in signature.parameters if s in (Scalar("float"), Scalar("int"))]
    if dims is None or not all(_plain(d) for _, own in tensors for d in own):
        return None
    around = "{}" if isinstance(spec, Array) else "float({})"
    if not tensors:
        numbers = " * ".join(factors)
        return (numbers, around) if factors and not isinstance(spec, Array) else None
    letters: dict[str, str] = {}
    inputs: list[str] = []
    for _, own in tensors:
        keys = [d if d.isidentifier() else f"{d} {len(letters) + i}" for i, d in enumerate(own)]
        for key in keys:
            letters.setdefault(key, _LETTERS[len(letters)])
        inputs.append("".join(letters[key] for key in keys))
    named = [d for d in dims if d != "1"]
    if not letters.keys() >= set(named) or len(set(named)) < len(named):
        return None
    out = "".join(letters[d] for d in named)
    call = f'torch.einsum("{",".join(inputs)}->{out}", {", ".join(n for n, _ in tensors)})'
    call += "".join(f".unsqueeze({i})" for i, d in enumerate(dims) if d == "1")
    return " * ".join([*factors, call]), around


def _plain(dim: str) -> bool:
    return dim.isidentifier() or dim.isdigit()


def _head(node: ast.FunctionDef) -> str:
    """The first lines of the function, as a formatter would write them."""
    args = _quoted(ast.unparse(node.args)) if node.args.args else ""
    returns = _quoted(ast.unparse(node.returns)) if node.returns is not None else "None"
    line = f"def {node.name}({args}) -> {returns}:"
    if len(line) <= _WIDTH:
        return line
    rows = []
    defaults: Sequence[ast.expr | None] = [None] * (
        len(node.args.args) - len(node.args.defaults)
    ) + list(node.args.defaults)
    for arg, default in zip(node.args.args, defaults, strict=True):
        value = "" if default is None else f" = {_quoted(ast.unparse(default))}"
        rows.append(f"    {_quoted(ast.unparse(arg))}{value},")
    return "\n".join([f"def {node.name}(", *rows, f") -> {returns}:"])


def _quoted(text: str) -> str:
    text = text.replace("'", '"')
    return re.sub(r"(: [^,=]+?)=(?=\S)", r"\1 = ", text)


def _imports(node: ast.FunctionDef, einsum: bool) -> str:
    """What the annotations need, and a class for each name that nothing else brings."""
    used = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
    homes: dict[str, list[str]] = {}
    for name in sorted(used & _HOMES.keys()):
        homes.setdefault(_HOMES[name], []).append(name)
    own = sorted(used - _HOMES.keys() - _BUILTINS - {"torch"})
    standard = [
        f"from {h} import {', '.join(homes.pop(h))}" for h in ("collections.abc",) if h in homes
    ]
    if own:
        standard.append("from dataclasses import dataclass")
    if "typing" in homes:
        standard.append(f"from typing import {', '.join(homes.pop('typing'))}")
    others = ["import torch"] if einsum or "torch" in used else []
    others += [
        f"from {home} import {', '.join(homes[home])}"
        for home in ("jaxtyping", "torch")
        if home in homes
    ]
    blocks = ["\n".join(lines) for lines in (standard, others) if lines]
    text = "\n\n".join(blocks)
    for name in own:
        text += (
            f"\n\n\n@dataclass(frozen=True)\nclass {name}:\n"
            f'    """Replace this by what it holds."""\n\n    value: float'
        )
    return text


def _file(imports: str, head: str, body: Sequence[str], marked: bool = False) -> str:
    lines = [f"    {line}" for line in body]
    start = f"{imports}\n\n\n" if imports else ""
    if not marked:
        return f"{start}{head}\n" + "\n".join(lines) + "\n"
    lines = [
        '    """Say what comes back, and in what shape.',
        "",
        "    - The arguments stay as they were.",
        '    """',
        "    # --- yours",
        *lines,
        "    # --- end",
    ]
    title = '"""Say in a line or two what the task is, as the reader of the stub should see it."""'
    gap = "\n\n" if imports else "\n\n\n"
    return f"{title}{gap}{start}{head}\n" + "\n".join(lines) + "\n"


def _suite(signature: Signature) -> str:
    dims: list[str] = []
    for _, spec, _ in signature.parameters:
        for d in (spec.dims or ()) if isinstance(spec, Array) else ():
            if d.isidentifier() and d not in dims:
                dims.append(d)
    dims = dims[: len(_SIZES[0])]
    names = [f"{d}_" if d in ("gen", "learner", "reference", "torch") else d for d in dims]
    meant = dict(zip(dims, names, strict=True))
    args = ", ".join(_argument(n, s, meant) for n, s, _ in signature.parameters)
    sizes = [row[: len(dims)] for row in _SIZES]
    loop = f"for {', '.join(names)} in {_tuples(sizes)}:" if dims else "for _ in range(3):"
    call = f"learner.{signature.name}({args})"
    compared = f'agree(learner, reference, "{signature.name}", {args}, name="the result")'
    torch = "import torch\n\n" if "torch." in args else ""
    return f'''\
{torch}from dojo.suite.vocabulary import Gen, Learner, ModuleType, agree, shapes, values


@shapes
def test_form(learner: Learner, gen: Gen) -> None:
    """the result has its shape"""
    {loop}
{_wrapped(call)}


@values
def test_{signature.name}(learner: Learner, gen: Gen, reference: ModuleType) -> None:
    """the result is right"""
    {loop}
{_wrapped(compared)}
'''


def _argument(name: str, spec: Spec, dims: dict[str, str]) -> str:
    """An expression for a fresh argument."""
    text = getattr(spec, "text", "")
    match spec:
        case Array(dtypes, given):
            shape = ", ".join(dims.get(d, d if d.isdigit() else "3") for d in given or ("3",))
            if "bool" in dtypes:
                return f"gen.rand({shape}) > 0.5"
            return (
                f"gen.randn({shape}) + 0.5"
                if dtypes in (FLOATS, ())
                else f"gen.randint(0, 5, {shape})"
            )
        case Scalar(_, literals) if literals:
            return f'"{literals[0]}"' if isinstance(literals[0], str) else repr(literals[0])
        case Scalar("int"):
            return dims.get(name, "gen.integer(2, 6)")
        case Scalar("float"):
            return "gen.integer(1, 9) / 4"
        case Scalar("bool"):
            return "True"
        case Scalar("str"):
            return '"text"'
        case Items(word, each, fixed):
            inner = fixed or (each or Anything(),) * 2
            items = ", ".join(_argument(name, one, dims) for one in inner)
            return f"[{items}]" if word == "list" else f"({items})"
        case Lookup(_, value):
            return f'{{"a": {_argument(name, value, dims)}}}'
        case Choice((first, *_)):
            return _argument(name, first, dims)
        case Function():
            return "torch.tanh"
        case _ if "Generator" in text:
            return "gen.generator()"
        case _:
            return "None"


def _tuples(sizes: Sequence[Sequence[int]]) -> str:
    if len(sizes[0]) == 1:
        return f"({', '.join(str(row[0]) for row in sizes)})"
    return f"({', '.join('(' + ', '.join(map(str, row)) + ')' for row in sizes)})"


def _wrapped(call: str) -> str:
    """A call inside of a loop, broken as a formatter does where it is too long."""
    line = f"        {call}"
    if len(line) <= _WIDTH:
        return line
    start, _, rest = call.partition("(")
    inner = f"            {rest[:-1]}"
    if len(inner) <= _WIDTH:
        return f"        {start}(\n{inner}\n        )"
    parts = ast.parse(call, mode="eval").body
    assert isinstance(parts, ast.Call)
    rows = [_quoted(ast.unparse(p)) for p in (*parts.args, *parts.keywords)]
    return "\n".join([f"        {start}(", *(f"            {row}," for row in rows), "        )"])
