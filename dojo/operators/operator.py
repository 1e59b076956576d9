"""What an operator is: a name, a finder, and the examples that are its tests."""

import ast
from collections.abc import Callable, Iterator
from dataclasses import dataclass

Block = list[ast.stmt]
ExpressionFinder = Callable[[ast.expr], Iterator[ast.expr]]
BlockFinder = Callable[[Block, int], Iterator[Block]]


@dataclass(frozen=True)
class Example:
    """A piece of code, and everything that an operator makes of it, in order."""

    before: str
    after: tuple[str, ...]


@dataclass(frozen=True)
class Operator:
    """One sort of change.

    Attributes:
        name: a few words, such as ``factor dropped``.
        examples: what it does; the tests carry them out.
        expressions: yields what may stand in place of an expression.
        blocks: yields what may stand in place of a block, changed at the statement of an index.
    """

    name: str
    examples: tuple[Example, ...]
    expressions: ExpressionFinder | None = None
    blocks: BlockFinder | None = None


class Operators(list[Operator]):
    """The operators of one file, collected by its decorators."""

    def on_expressions(
        self, name: str, *examples: tuple[str, str]
    ) -> Callable[[ExpressionFinder], ExpressionFinder]:
        """Decorate a finder: it gets an expression. Examples: see `_read`."""

        def keep(finder: ExpressionFinder) -> ExpressionFinder:
            self.append(Operator(name, _read(examples), expressions=finder))
            return finder

        return keep

    def on_blocks(
        self, name: str, *examples: tuple[str, str]
    ) -> Callable[[BlockFinder], BlockFinder]:
        """Decorate a finder: it gets a block of statements and the index of one of them."""

        def keep(finder: BlockFinder) -> BlockFinder:
            self.append(Operator(name, _read(examples), blocks=finder))
            return finder

        return keep


def _read(examples: tuple[tuple[str, str], ...]) -> tuple[Example, ...]:
    """Examples as decorators have them: code, and what is made of it, parted by ``|``."""
    return tuple(
        Example(before, tuple(x.strip(" ") for x in after.split(" | ")) if after else ())
        for before, after in examples
    )
