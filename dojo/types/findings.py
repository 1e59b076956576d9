"""The type checker, run beside the other checks, and what its errors mean here.

Required: the file keeps its own contract (pyrefly's bad-return). Everything else of the strict
preset is advice, unless the card or the person asks for it.
"""

import re
from dataclasses import dataclass

from dojo.failure import Failed
from dojo.types.pyrefly import LIMIT, Checker, TypeProblem, Unfinished
from dojo.verdict import Finding

# Teaches nothing here, or speaks of what torch's own annotations lack.
_SILENT = {
    "missing-override-decorator",
    "implicit-import",
    "untyped-import",
    "missing-source",
    "missing-import",
    "import-error",
    "missing-module-attribute",
}
# In jaxtyping's strings, "n 1" is no Python: the checker tells so for names that it can't find.
_SHAPE_STRINGS = {"unknown-name", "invalid-annotation", "parse-error"}
_RETURN = re.compile(
    r"Returned type `(.*?)` is not assignable to declared return type `(.*?)`", re.S
)

_CONTAINERS = {"list", "dict", "set"}


@dataclass(frozen=True)
class TypeReport:
    """What the type checker found: what must be mended, and what is worth knowing."""

    required: tuple[Finding, ...]
    advice: tuple[Finding, ...]


class TypeCheck:
    """What is asked of the type checker about one file; started at once, read when needed.

    Args:
        checker: runs it.
        source: the file's bytes.
    """

    def __init__(self, checker: Checker, source: bytes) -> None:
        self._lines = source.decode("utf-8", "replace").splitlines()
        self._pending = checker.begin(source)

    def report(self, everything: bool) -> TypeReport:
        """Wait for the checker and sort its errors.

        Args:
            everything: all errors are required, not only a broken contract.

        Raises:
            JudgeError: the checker isn't there or doesn't answer.
            Failed: the file is more than it can work out.
        """
        required: list[Finding] = []
        advice: list[Finding] = []
        for error in self._errors():
            name = str(error.get("name"))
            if name in _SILENT or name in _SHAPE_STRINGS:
                continue
            finding = self._finding(error)
            must = everything or (name == "bad-return" and _breaks_contract(error))
            (required if must else advice).append(finding)
        return TypeReport(tuple(required), tuple(advice))

    def close(self) -> None:
        """Stop waiting for the checker."""
        self._pending.close()

    def _errors(self) -> list[TypeProblem]:
        try:
            return self._pending.errors()
        except Unfinished:
            raise Failed(
                Finding(
                    f"The type checker was stopped after {LIMIT:g} seconds of work: the types in "
                    "this file are more than it can work out. Write them more simply.",
                    evidence={"rule": "unfinished"},
                ),
                kind="typing",
            ) from None

    def _finding(self, error: TypeProblem) -> Finding:
        line = int(error.get("line", 1))
        text = self._lines[line - 1].strip() if line <= len(self._lines) else None
        return Finding(
            _plain_words(error),
            _mistake(error),
            line=line,
            source=text,
            evidence={"rule": str(error.get("name"))},
        )


def require_types(report: TypeReport) -> None:
    """Fail with the first thing that must be mended.

    Raises:
        Failed: there is one.
    """
    if report.required:
        raise Failed(report.required[0], kind="typing")


def _breaks_contract(error: TypeProblem) -> bool:
    """Whether what is returned can't be right when the code runs.

    A union may be: ``t.grad`` is ``Tensor | None`` and ``sum(tensors)`` is ``Tensor | int`` for
    the checker, and working code returns both; so is ``tuple(...)`` for a tuple, since the checker
    doesn't know its length; so is a list that was named after its first items (``[None] * n``, to
    be filled, or a list of Parameters). What really came back was checked at run time.
    """
    found = _RETURN.search(str(error.get("description")))
    if found is None or any(x in found[1] for x in (" | ", "Unknown")):
        return False
    if found[2].startswith("Literal['") and found[1] == "str":
        return False  # it may be one of them
    outer = found[1].partition("[")[0]
    if outer in _CONTAINERS and found[2].startswith(f"{outer}["):
        return False
    return ", ...]" not in found[1] or not found[2].startswith("tuple")


def _mistake(error: TypeProblem) -> str | None:
    """The name under which a card may say more about an error."""
    if error.get("name") == "bad-return":
        return "wrong-type-returned"
    return "none-not-ruled-out" if _may_be_none(_first_line(error)) else None


def _may_be_none(text: str) -> bool:
    given = text.startswith("Argument `Tensor | None`")
    used = "NoneType" in text and "attribute" in text
    return given or used or ("not supported" in text and "None" in text)


def _first_line(error: TypeProblem) -> str:
    return str(error.get("description")).partition("\n")[0]


def _plain_words(error: TypeProblem) -> str:
    text = _first_line(error)
    name = error.get("name")
    returned = _RETURN.search(text)
    if name == "bad-return" and returned is not None:
        kinds = [kind.replace("builtins.", "") for kind in returned.groups()]
        return f"This returns `{kinds[0]}`, but the signature promises `{kinds[1]}`."
    if name == "bad-return":
        return "The signature promises a value, but the function can end without returning one."
    if _may_be_none(text):
        return (
            "This may be None here (`.grad` is None until backward() has run): "
            "ask `is not None` first, and the type checker knows too."
        )
    return f"The type checker says: {text}"
