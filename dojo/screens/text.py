"""Text that any terminal can show: hostile text made harmless, and signs for poor encodings.

Needs the standard library and plain words only, so that error messages can use it before
anything else is loaded.
"""

import codecs
import os
import re
import sys
import textwrap
import unicodedata
from dataclasses import dataclass
from typing import TextIO

from dojo.words.numbers import count as count  # screens speak of counts everywhere

_ESCAPES = re.compile(
    r"\x1b\[[0-?]*[ -/]*[@-~]"  # colours, cursor movements
    r"|\x1b[\]PX^_].*?(?:\x07|\x1b\\|\Z)"  # titles, links, clipboard
    r"|\x1b[ -/]*[0-~]?"
    r"|\x9b[0-?]*[ -/]*[@-~]",
    re.DOTALL,
)
_ORDER = re.compile(r"^([ \t]*)::", re.MULTILINE)
_HARMLESS = frozenset("\n\t")
_HIDDEN_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})
_REPLACEMENT = "�"

# What a terminal without Unicode gets instead.
_PLAIN = {
    "–": "-", "—": "-", "−": "-", "‑": "-", "×": "x", "·": "*", "…": "...",
    "→": "->", "←": "<-", "⇒": "=>", "≤": "<=", "≥": ">=", "≠": "!=", "≈": "~",
    "²": "^2", "³": "^3", "½": "1/2", "√": "sqrt", "∂": "d", "∇": "grad ", "∞": "inf",
    "Σ": "sum", "∑": "sum", "π": "pi", "σ": "sigma", "μ": "mu", "η": "eta", "θ": "theta",
    "λ": "lambda", "Δ": "delta", "δ": "delta", "ε": "eps", "ρ": "rho", "α": "alpha",
    "β": "beta", "γ": "gamma", "‘": "'", "’": "'", "“": '"', "”": '"', "•": "*", "│": "|",
    "ŷ": "y^", "⋅": "*", "±": "+-", "ᵀ": "^T",
}  # fmt: skip


@dataclass(frozen=True)
class Signs:
    """The single characters that mark outcomes and draw bars."""

    passed: str
    failed: str
    waiting: str
    broken: str
    current: str
    full: str
    empty: str
    rule: str


_UNICODE = Signs("✓", "✗", "·", "!", "›", "█", "░", "│")
_ASCII = Signs("+", "x", ".", "!", ">", "#", "-", "|")


def signs(encoding: str) -> Signs:
    """The signs that a terminal with this encoding can show."""
    try:
        "".join(vars(_UNICODE).values()).encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return _ASCII
    return _UNICODE


def clean(text: str) -> str:
    """Text of a learner or an exception without anything that acts on a terminal.

    Escape sequences vanish, ``\\r`` overwrites its line as it would on screen, and other control
    or invisible characters become a replacement sign, so that nothing can hide.
    """
    text = _ESCAPES.sub("", text.replace("\r\n", "\n"))
    lines = (line.rstrip("\r").rpartition("\r")[2] for line in text.split("\n"))
    return "".join(map(_visible, "\n".join(lines))).expandtabs(4)


def disarmed(text: str) -> str:
    """Text that gives no orders to GitHub's runner, which takes them from what a program prints.

    docs.github.com, "Workflow commands": a line that begins with ``::``; and, from before that,
    ``##[`` anywhere. Other systems' text stays as it is.
    """
    if "GITHUB_ACTIONS" not in os.environ:
        return text
    return _ORDER.sub(r"\1: :", text).replace("##[", "## [")


def make_printable(*streams: TextIO | None) -> None:
    """Make output streams replace what their encoding can't say, instead of raising."""
    codecs.register_error("kata", _replace)
    for stream in streams:
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="kata")


def say_error(text: str) -> None:
    """One sentence on stderr, for the person at the terminal."""
    text = disarmed(clean(text))
    if sys.stderr is not None and sys.stderr.isatty():
        import shutil  # slow to import, and few commands fail

        width = shutil.get_terminal_size().columns
        text = textwrap.fill(text, width, break_long_words=False, break_on_hyphens=False)
    print(text, file=sys.stderr, flush=True)


def duration(seconds: float) -> str:
    """``0.11 s``, ``14 s``, ``2 min 5 s``."""
    if seconds < 10:
        return f"{seconds:.2f} s"
    if seconds < 120:
        return f"{seconds:.0f} s"
    return f"{int(seconds) // 60} min {int(seconds) % 60} s"


def _visible(char: str) -> str:
    if char in _HARMLESS or unicodedata.category(char) not in _HIDDEN_CATEGORIES:
        return char
    return _REPLACEMENT


def _replace(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    piece = error.object[error.start : error.end]
    return "".join(map(_in_plain, piece)), error.end


def _in_plain(char: str) -> str:
    bare = unicodedata.normalize("NFKD", char).encode("ascii", "ignore").decode("ascii")
    return _PLAIN.get(char) or bare or "?"
