"""The type checker, run beside the other checks, and what its errors mean here.

Required: the file keeps its own contract (pyrefly's bad-return). Everything else of the strict
preset is advice, unless the card or the person asks for it.
"""

import contextlib
import functools
import hashlib
import json
import re
import subprocess
import sys
import sysconfig
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from dojo.judge.failure import Failed, JudgeError
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
LIMIT = 20.0
MEMORY = 8 * 2**30  # address space; it reserves about 2 GB at its start
MOST_KNOWN = 200
# The same bytes give the same errors: what was checked before in this process, by digest.
_KNOWN: dict[bytes, list[dict[str, Any]]] = {}


@dataclass(frozen=True)
class TypeReport:
    """What the type checker found: what must be mended, and what is worth knowing."""

    required: tuple[Finding, ...]
    advice: tuple[Finding, ...]


class TypeCheck:
    """One run of the type checker; started at once, read when needed.

    Args:
        source: the subject's bytes.
        lines: its lines, for the findings.
    """

    def __init__(self, source: bytes, lines: Sequence[str]) -> None:
        self._lines = lines
        self._digest = hashlib.sha256(source).digest()
        self._process: subprocess.Popen[bytes] | None = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        if self._digest not in _KNOWN:
            self._start(source)

    def _start(self, source: bytes) -> None:
        self._folder = tempfile.TemporaryDirectory(prefix="kata-types-")
        folder = Path(self._folder.name)
        (folder / "answer.py").write_bytes(source)
        config = folder / "pyrefly.toml"
        config.write_text(_config(), encoding="utf-8")
        command = [
            *_pyrefly(),
            "check",
            "--output-format=json",
            "--summary=none",
            f"--config={config}",
            str(folder / "answer.py"),
        ]
        with contextlib.suppress(OSError):
            self._process = subprocess.Popen(
                command,
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
            )
            _limit(self._process.pid)

    def report(self, everything: bool) -> TypeReport:
        """Wait for the checker and sort its errors.

        Args:
            everything: all errors are required, not only a broken contract.

        Raises:
            JudgeError: the checker isn't there or doesn't answer.
        """
        errors = self._errors()
        required: list[Finding] = []
        advice: list[Finding] = []
        for error in errors:
            name = str(error.get("name"))
            if name in _SILENT or name in _SHAPE_STRINGS:
                continue
            finding = self._finding(error)
            must = everything or (name == "bad-return" and _breaks_contract(error))
            (required if must else advice).append(finding)
        return TypeReport(tuple(required), tuple(advice))

    def close(self) -> None:
        """End the checker, if it still runs, and remove its files."""
        if self._process is not None:
            self._process.kill()
            self._process.communicate()
        if self._folder is not None:
            self._folder.cleanup()

    def _errors(self) -> list[dict[str, Any]]:
        if self._digest in _KNOWN:
            return _KNOWN[self._digest]
        if self._process is None:
            raise JudgeError("The type checker could not be started; `kata doctor` says more.")
        try:
            out, _ = self._process.communicate(timeout=LIMIT)
            errors: list[dict[str, Any]] = json.loads(out)["errors"]
        except (subprocess.TimeoutExpired, ValueError, KeyError):
            raise JudgeError("The type checker gave no answer; `kata doctor` says more.") from None
        if len(_KNOWN) >= MOST_KNOWN:
            _KNOWN.clear()
        _KNOWN[self._digest] = errors
        return errors

    def _finding(self, error: dict[str, Any]) -> Finding:
        line = int(error.get("line", 1))
        text = self._lines[line - 1].strip() if line <= len(self._lines) else None
        return Finding(
            _plain_words(error),
            line=line,
            source=text,
            evidence={"rule": str(error.get("name"))},
        )


@functools.cache
def _config() -> str:
    """The checker's settings; what it would start an interpreter to ask, it is told."""
    paths = sysconfig.get_paths()
    named = [p for p in sys.path if Path(p).name in ("site-packages", "dist-packages")]
    packages = list(dict.fromkeys([paths["purelib"], paths["platlib"], *named]))
    version = ".".join(map(str, sys.version_info[:3]))
    return (
        'preset = "strict"\n'
        'project-includes = ["answer.py"]\n'
        "skip-interpreter-query = true\n"
        f"site-package-path = {json.dumps(packages)}\n"
        f"python-version = {json.dumps(version)}\n"
        f"python-platform = {json.dumps(sys.platform)}\n"
    )


def require_types(report: TypeReport) -> None:
    """Fail with the first thing that must be mended.

    Raises:
        Failed: there is one.
    """
    if report.required:
        raise Failed(report.required[0], kind="typing")


def _limit(pid: int) -> None:
    """Keep a file that is made to exhaust the checker from exhausting the machine."""
    if sys.platform == "linux":
        import resource

        for what, most in (
            (resource.RLIMIT_AS, MEMORY),
            (resource.RLIMIT_CPU, int(LIMIT)),
        ):
            resource.prlimit(pid, what, (most, most))


def _breaks_contract(error: dict[str, Any]) -> bool:
    """Whether what is returned can't be right when the code runs.

    A union may be: ``t.grad`` is ``Tensor | None`` and ``sum(tensors)`` is ``Tensor | int`` for
    the checker, and working code returns both; so is ``tuple(...)``, whose length it doesn't
    know. What really came back was checked at run time.
    """
    found = _RETURN.search(str(error.get("description")))
    return found is not None and not any(x in found[1] for x in (" | ", "Unknown", ", ...]"))


def _plain_words(error: dict[str, Any]) -> str:
    text = str(error.get("concise_description") or error.get("description"))
    name = error.get("name")
    returned = _RETURN.search(text)
    if name == "bad-return" and returned is not None:
        return f"This returns `{returned[1]}`, but the signature promises `{returned[2]}`."
    if name == "bad-return":
        return "The signature promises a value, but the function can end without returning one."
    if ("NoneType" in text and "attribute" in text) or ("not supported" in text and "None" in text):
        return (
            "This may be None here (`.grad` is None until backward() has run): "
            "ask `is not None` first, and the type checker knows too."
        )
    return f"The type checker says: {text}"


def _pyrefly() -> list[str]:
    """The checker's program beside this interpreter, without its Python wrapper if possible."""
    suffix = ".exe" if sys.platform == "win32" else ""
    program = Path(sysconfig.get_path("scripts")) / f"pyrefly{suffix}"
    return [str(program)] if program.exists() else [sys.executable, "-m", "pyrefly"]
