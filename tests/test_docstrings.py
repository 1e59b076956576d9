"""Everything public under dojo/ says what it is.

Public is what neither has an underscore before its name nor stands in a function. What overrides a
method of a base class, or is called by textual or pytest for its name, is described there.
"""

import ast
import importlib
import types
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import _pytest.hookspec
import pytest
from textual.message_pump import MessagePump

ROOT = Path(__file__).resolve().parents[1]
MODULES = sorted((ROOT / "dojo").rglob("*.py"))

Definition = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


def undocumented(source: str, load: Callable[[], Any]) -> Iterator[str]:
    """Qualified names of what a module leaves without a docstring.

    Args:
        source: the module's text.
        load: gives the module itself; called only where a method has no docstring.
    """
    tree = ast.parse(source)
    if not ast.get_docstring(tree):
        yield "the module"
    for name, definition in _public(tree, ""):
        if not ast.get_docstring(definition) and not _described_elsewhere(name, load):
            yield name


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(ROOT).as_posix())
def test_what_is_public_says_what_it_is(path: Path) -> None:
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    source = path.read_text(encoding="utf-8")
    assert list(undocumented(source, lambda: importlib.import_module(name))) == []


SAMPLE = '''
import sys
from textual.app import App

def plain(): ...
def _private(): ...
def documented():
    """It is."""
    def inner(): ...

if sys.platform:
    async def under_a_condition(): ...

class Base:
    """It is."""
    @property
    def size(self): ...
    def kept(self):
        """It is."""
    class Inner: ...

class Child(Base):
    """It is."""
    def __init__(self): ...
    def kept(self): ...
    def on_mount(self): ...

class Screen(App):
    """It is."""
    def on_mount(self): ...
    def action_go(self): ...
    def go(self): ...

class _Private:
    def plain(self): ...

def pytest_configure(config): ...
def pytest_no_such_hook(): ...
'''


def test_only_what_is_described_elsewhere_is_let_off() -> None:
    module = types.ModuleType("sample")
    exec(SAMPLE, vars(module))
    assert list(undocumented(SAMPLE, lambda: module)) == [
        "the module",
        "plain",
        "under_a_condition",
        "Base.size",
        "Base.Inner",
        "Child.on_mount",
        "Screen.go",
        "pytest_no_such_hook",
    ]


def _public(node: ast.AST, prefix: str) -> Iterator[tuple[str, Definition]]:
    """Definitions that others may use, by qualified name; not those within functions."""
    for child in ast.iter_child_nodes(node):
        if not isinstance(child, Definition):
            yield from _public(child, prefix)
        elif not child.name.startswith("_"):
            yield prefix + child.name, child
            if isinstance(child, ast.ClassDef):
                yield from _public(child, f"{prefix}{child.name}.")


def _described_elsewhere(qualified: str, load: Callable[[], Any]) -> bool:
    owner, _, name = qualified.rpartition(".")
    if name.startswith("pytest_") and hasattr(_pytest.hookspec, name):
        return True
    if not owner:
        return False
    here: Any = load()
    for part in owner.split("."):
        here = getattr(here, part)
    if any(name in vars(base) for base in here.__mro__[1:]):
        return True
    return issubclass(here, MessagePump) and name.startswith(("on_", "action_"))
