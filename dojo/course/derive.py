"""Texts derived from a solution: the stub that the learner gets, and its known mistakes.

The solution file is the one source. In it, lines between ``# --- yours`` and ``# --- end`` are
the learner's work: in the stub they become a note and a ``NotImplementedError`` (inside a
function) or vanish (at the top of the file, for imports and helpers).
"""

import re

from dojo.course.catalog import Kata
from dojo.course.mistakes import Mistake

_OPEN = re.compile(r"^(\s*)# --- yours(?::\s*(.*))?$")
_CLOSE = re.compile(r"^\s*# --- end$")


class EditError(ValueError):
    """An edit or a marked region that doesn't fit the solution's text; for authors.

    Attributes:
        old: the text of the edit that was looked for.
        line: 1-based line of the solution.
    """

    def __init__(self, message: str, old: str | None = None, line: int | None = None) -> None:
        super().__init__(message)
        self.old = old
        self.line = line


def stub_text(kata: Kata) -> str:
    """The file that a learner starts from; derived, but in a pack without solutions.

    Raises:
        EditError: the mistakes that it starts with can't be made together.
    """
    if not kata.solution_path.exists():
        return (kata.root / "katas" / kata.stub_name).read_text(encoding="utf-8")
    if kata.repair:
        known = {m.id: m for m in kata.mistakes()}
        return without_markers(mistake_text(kata, *(known[name] for name in kata.repair)))
    return derive_stub(kata.solution_path.read_text(encoding="utf-8"))


def check_regions(solution: str) -> None:
    """See to it that every marked region ends.

    Raises:
        EditError: one doesn't, or an end has no beginning.
    """
    begun: int | None = None
    for number, line in enumerate(solution.splitlines(), 1):
        if _OPEN.match(line):
            if begun is not None:
                raise EditError("this region begins inside of another one", line=number)
            begun = number
        elif _CLOSE.match(line):
            if begun is None:
                raise EditError("this region ends, but begins nowhere", line=number)
            begun = None
    if begun is not None:
        raise EditError("this region has no `# --- end`", line=begun)


def derive_stub(solution: str) -> str:
    """The solution without the marked regions."""
    out: list[str] = []
    inside = False
    for line in solution.splitlines():
        opening = _OPEN.match(line)
        if opening is not None:
            inside = True
            indent, note = opening[1], opening[2]
            if indent:
                out.append(f"{indent}# {note or 'Your code here.'}")
                out.append(f"{indent}raise NotImplementedError")
        elif _CLOSE.match(line):
            inside = False
        elif not inside:
            out.append(line)
    return _squeeze(out)


def learners_lines(solution: str) -> frozenset[int]:
    """The 1-based lines of the marked regions; all lines where nothing is marked."""
    lines = solution.splitlines()
    found: set[int] = set()
    inside = False
    for number, line in enumerate(lines, 1):
        inside = bool(_OPEN.match(line)) or (inside and not _CLOSE.match(line))
        if inside:
            found.add(number)
    return frozenset(found or range(1, len(lines) + 1))


def without_markers(text: str) -> str:
    """The text as a person would have written it: whole, without the region marks."""
    return _squeeze([x for x in text.splitlines() if not (_OPEN.match(x) or _CLOSE.match(x))])


def mistake_text(kata: Kata, *mistakes: Mistake) -> str:
    """The solution, or the alternative that the mistakes are made in, with all of them made.

    Raises:
        EditError: an edit doesn't apply, or they are made in different files.
    """
    bases = {m.base for m in mistakes} or {""}
    if len(bases) > 1:
        names = " and ".join(f"'{m.id}'" for m in mistakes)
        raise EditError(f"{names} are made in different files, so never together")
    base = bases.pop()
    path = kata.base_path(base)
    if not path.exists():
        raise EditError(f"mistake '{mistakes[0].id}': there is no alternative {path.name}")
    text = path.read_text(encoding="utf-8")
    for mistake in mistakes:
        text = apply_edits(text, mistake)
    return text


def apply_edits(text: str, mistake: Mistake) -> str:
    """Apply a mistake's edits; each ``old`` must stand in the text exactly once."""
    for old, new in mistake.edits:
        count = text.count(old)
        if count != 1:
            where = f"the alternative '{mistake.base}'" if mistake.base else "the solution"
            raise EditError(
                f"mistake '{mistake.id}': the edit {old!r} stands {count} times in {where}; "
                "it must stand there exactly once",
                old,
            )
        text = text.replace(old, new)
    return text


def _squeeze(lines: list[str]) -> str:
    """At most two blank lines in a row, as the house style has it."""
    text = "\n".join(lines).strip("\n") + "\n"
    return re.sub(r"\n{4,}", "\n\n\n", text)
