"""Whether a kata's own files can be used at all: each flaw with its file and line.

Looked at before anything is judged: a suite that doesn't run would be blamed on every answer.
Knows nothing of judging.
"""

import json
import re
import sys
from pathlib import Path
from types import ModuleType

from dojo import subjects
from dojo.catalog import Kata
from dojo.errors import place_in
from dojo.subjects import EditError


def flaws(kata: Kata) -> tuple[str, ...]:
    """What is broken in a kata's files: ``path:line: sentence`` each; runs suite and solution."""
    files = [kata.solution_path, kata.suite_path]
    missing = [f"{_shown(kata, path)}: the file is missing" for path in files if not path.exists()]
    if missing:
        return tuple(missing)
    texts = [*files, *kata.alternative_paths]
    if kata.probe_path.exists():
        texts.append(kata.probe_path)
    found = [flaw for path in texts if (flaw := _unreadable(kata, path))]
    if found:
        return tuple(found)
    found = [flaw for path in files if (flaw := _stops(kata, path))]
    return (*found, *_bad_regions(kata), *_bad_edits(kata))


def line_on_card(kata: Kata, mistake: str, text: str | None = None) -> int:
    """The 1-based line on the card where a mistake, or a text inside it, stands."""
    lines = kata.card_path.read_text(encoding="utf-8").splitlines()
    name = re.compile(rf"id\s*=\s*[\"']{re.escape(mistake)}[\"']\s*(#.*)?")
    start = next((i for i, line in enumerate(lines) if name.fullmatch(line.strip())), 0)
    if text is not None:
        first = next((t for t in text.split("\n") if t.strip()), text)
        forms = {first, json.dumps(first, ensure_ascii=False)[1:-1]}
        for i in range(start, len(lines)):
            if i > start and lines[i].startswith("[["):
                break
            if any(form in lines[i] for form in forms):
                return i + 1
    return start + 1


def _shown(kata: Kata, path: Path, line: int | None = None) -> str:
    shown = path.relative_to(kata.root).as_posix()
    return shown if line is None else f"{shown}:{line}"


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
        return f"{_shown(kata, path, line)}: it stops here: {type(error).__name__}: {error}"
    finally:
        del sys.modules[module.__name__]
    return None


def _bad_regions(kata: Kata) -> list[str]:
    try:
        subjects.check_regions(kata.solution_path.read_text(encoding="utf-8"))
    except EditError as error:
        return [f"{_shown(kata, kata.solution_path, error.line)}: {error}"]
    return []


def _bad_edits(kata: Kata) -> list[str]:
    found: list[str] = []
    known = kata.mistakes()
    for mistake in known:
        try:
            text = subjects.mistake_text(kata, mistake)
        except EditError as error:
            line = line_on_card(kata, mistake.id, error.old)
            found.append(f"{_shown(kata, kata.card_path, line)}: {error}")
            continue
        try:
            compile(text, kata.stem, "exec", dont_inherit=True)
        except SyntaxError as error:
            line = line_on_card(kata, mistake.id)
            found.append(
                f"{_shown(kata, kata.card_path, line)}: mistake '{mistake.id}': Python can't read "
                f"line {error.lineno} of what its edits make, {(error.text or '').strip()!r}: "
                f"{error.msg}"
            )
    if kata.repair is not None and kata.repair not in [m.id for m in known]:
        found.append(f"{_shown(kata, kata.card_path)}: repair is no mistake of this card")
    return found
