"""An answer in another style: what it draws comes later from its generator."""

import ast
from collections.abc import Iterator

NUMBERS = 7  # an odd number: some draws come in pairs


def drawn_first(source: str) -> str:
    """The file with some numbers drawn from each generator that a function is given, at its start.

    Returns:
        The same text where no function is given one.
    """
    lines = source.splitlines(keepends=True)
    places = sorted(_places(ast.parse(source)), reverse=True)
    for line, column, name in places:
        draw = f'__import__("torch").rand({NUMBERS}, generator={name})'
        lines.insert(line - 1, f"{' ' * column}{draw}\n")
    return "".join(lines)


def _places(tree: ast.Module) -> Iterator[tuple[int, int, str]]:
    """Where functions begin that others call and give a generator: line, column, its name."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.FunctionDef):
            continue
        first = (
            node.body[-1] if len(node.body) == 1 else node.body[ast.get_docstring(node) is not None]
        )
        own = node.name.startswith("_") and node.name != "__init__"
        if not own and first.lineno > node.lineno:
            for argument in node.args.args:
                if argument.annotation and ast.unparse(argument.annotation).endswith("Generator"):
                    yield first.lineno, first.col_offset, argument.arg
