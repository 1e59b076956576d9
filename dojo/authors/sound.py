"""Whether a kata's own files can be used at all: each flaw with its file and line.

Looked at before anything is judged: a suite that doesn't run would be blamed on every answer.
Knows nothing of judging.
"""

import ast
import difflib
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType

from dojo.course import derive
from dojo.course.card import CardError, shown
from dojo.course.catalog import Kata
from dojo.course.derive import EditError
from dojo.course.mistakes import Mistake
from dojo.course.places import line_of
from dojo.errors import place_in
from dojo.verdict import SUITE_KINDS

_WORD = re.compile(r"[A-Za-z]\w*")
PARAMETERS = ("learner", "gen", "reference")


def flaws(kata: Kata) -> tuple[str, ...]:
    """What is broken in a kata's files: ``path:line: sentence`` each; some of them are run."""
    try:
        kata.mistakes()
        kata.survivors()
    except CardError as error:
        return error.flaws
    files = [kata.solution_path, kata.suite_path]
    missing = [f"{_shown(kata, path)}: the file is missing" for path in files if not path.exists()]
    if missing:
        return tuple(missing)
    if kata.probe_path.exists():
        files.append(kata.probe_path)
    texts = [*files, *kata.alternative_paths]
    found = [flaw for path in texts if (flaw := _unreadable(kata, path))]
    if not found:
        found = [flaw for path in files if (flaw := _stops(kata, path))]
    if found:
        return tuple(found)
    return (
        *_bad_text(kata),
        *_bad_checks(kata),
        *_bad_regions(kata),
        *_bad_edits(kata),
        *_bad_words(kata),
    )


def _shown(kata: Kata, path: Path, line: int | None = None) -> str:
    return shown(path, kata.root, line)


def _unreadable(kata: Kata, path: Path) -> str | None:
    try:
        compile(path.read_bytes(), str(path), "exec", dont_inherit=True)
    except SyntaxError as error:
        return f"{_shown(kata, path, error.lineno or 1)}: Python can't read this: {error.msg}"
    except ValueError as error:
        return f"{_shown(kata, path)}: Python can't read this: {error}"
    return None


def _stops(kata: Kata, path: Path) -> str | None:
    """What happens when a file is run as a module."""
    module = ModuleType(f"sound_{path.stem}")
    sys.modules[module.__name__] = module  # dataclasses look their module up
    try:
        exec(compile(path.read_bytes(), str(path), "exec", dont_inherit=True), module.__dict__)
    except Exception as error:
        line = place_in(path, error) or 1
        return f"{_shown(kata, path, line)}: it stops here: {_in_words(error, vars(module))}"
    finally:
        del sys.modules[module.__name__]
    return None


def _in_words(error: Exception, known: Iterable[str]) -> str:
    """An exception, with the nearest name where one wasn't found.

    Args:
        known: names of the file in which it was raised.
    """
    words = f"{type(error).__name__}: {error}"
    missing = error.name if isinstance(error, NameError) else None
    imported = re.search(r"cannot import name '(\w+)'", str(error))
    if isinstance(error, ImportError) and imported is not None:
        missing, known = imported[1], dir(sys.modules.get(error.name or ""))
    near = difflib.get_close_matches(missing or "", known, n=1)
    return f"{words}. Did you mean '{near[0]}'?" if near else words


def _bad_text(kata: Kata) -> Iterator[str]:
    """The lesson's text, whose first line is its title."""
    path = kata.lesson_text_path
    heading = f"# {kata.lesson_id} "
    if not path.exists():
        yield f"{_shown(kata, path)}: the lesson's text is missing; it begins with '{heading}Title'"
    elif not path.read_text(encoding="utf-8").startswith(heading):
        yield f"{_shown(kata, path, 1)}: the lesson's text begins with its title: '{heading}Title'"


def _bad_checks(kata: Kata) -> Iterator[str]:
    """Checks without kind or row, with a name that is taken, or parameters that nobody gives."""
    tree = ast.parse(kata.suite_path.read_bytes())
    seen: dict[str, int] = {}
    for node in tree.body:
        if not isinstance(node, ast.FunctionDef) or not node.name.startswith("test_"):
            continue
        place = _shown(kata, kata.suite_path, node.lineno)
        name = f"the check '{node.name.removeprefix('test_')}'"
        if not {ast.unparse(d) for d in node.decorator_list} & {*SUITE_KINDS}:
            yield f"{place}: {name} has no kind: write @shapes, @values, … above it"
        if not (ast.get_docstring(node) or "").strip():
            yield f"{place}: {name} has no docstring, which is the row that a learner reads"
        if (first := seen.setdefault(node.name, node.lineno)) != node.lineno:
            yield f"{place}: {name} stands on line {first} already, and would be left out there"
        for argument in node.args.args:
            if argument.arg not in PARAMETERS:
                near = difflib.get_close_matches(argument.arg, PARAMETERS, n=1)
                hint = f"; the nearest is '{near[0]}'" if near else ""
                yield f"{place}: {name} asks for '{argument.arg}', which nobody gives it{hint}"


def _bad_regions(kata: Kata) -> Iterator[str]:
    try:
        derive.check_regions(kata.solution_path.read_text(encoding="utf-8"))
    except EditError as error:
        yield f"{_shown(kata, kata.solution_path, error.line)}: {error}"


def _bad_edits(kata: Kata) -> Iterator[str]:
    text = kata.card_path.read_text(encoding="utf-8")
    ways = [(i, n, way) for i, m in enumerate(kata.mistakes()) for n, way in enumerate(m.ways())]
    for index, number, mistake in ways:
        try:
            made = derive.mistake_text(kata, mistake)
        except EditError as error:
            line = line_of(text, ("mistake", index, *_place_of(mistake, number, error.old)))
            yield f"{_shown(kata, kata.card_path, line)}: {error}"
            continue
        try:
            compile(made, kata.stem, "exec", dont_inherit=True)
        except SyntaxError as error:
            line = line_of(text, ("mistake", index))
            yield (
                f"{_shown(kata, kata.card_path, line)}: mistake '{mistake.id}': Python can't read "
                f"line {error.lineno} of what its edits make, {(error.text or '').strip()!r}: "
                f"{error.msg}"
            )
    if kata.repair:
        try:
            derive.stub_text(kata)
        except EditError as error:
            line = line_of(text, ("repair",))
            yield f"{_shown(kata, kata.card_path, line)}: the stub can't be made: {error}"


def _bad_words(kata: Kata) -> Iterator[str]:
    """What the card says of functions and sizes that the solution doesn't have."""
    text = kata.card_path.read_text(encoding="utf-8")
    words = kata.words()
    tree = ast.parse(kata.solution_path.read_text(encoding="utf-8"))
    functions = {node.name for node in ast.walk(tree) if isinstance(node, ast.FunctionDef)}
    for function in words.names:
        if function not in functions:
            line = line_of(text, ("names", function))
            known = difflib.get_close_matches(function, functions, n=1)
            near = f"; the nearest is '{known[0]}'" if known else ""
            yield f"{_shown(kata, kata.card_path, line)}: there is no function '{function}'{near}"
    arguments = [node for node in ast.walk(tree) if isinstance(node, ast.arg)]
    sizes = {a.arg for a in arguments} | {
        word for a in arguments if a.annotation for word in _WORD.findall(ast.unparse(a.annotation))
    }
    for key in words.says:
        for name in set(_WORD.findall(key.removeprefix("factor "))) - sizes:
            line = line_of(text, ("says", key))
            yield f"{_shown(kata, kata.card_path, line)}: no call has a size or number '{name}'"


def _place_of(mistake: Mistake, way: int, old: str | None) -> tuple[str | int, ...]:
    """Where on its table the edit stands that looks for a text; else the file that it names."""
    index = next((i for i, (text, _) in enumerate(mistake.edits) if text == old), None)
    if index is None:
        return ("in",)
    return ("also", way - 1, index) if way else ("edits", index)
