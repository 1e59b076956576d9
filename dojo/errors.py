"""The one error that a person can cause, and where an exception passed through a file."""

import sys
from pathlib import Path


class UsageError(Exception):
    """Something was asked for that can't be; the text is the sentence they read; exit code 2."""


def not_installed(error: ModuleNotFoundError) -> Exception:
    """What to raise where a library is missing; where a module of ours is, that is our fault."""
    if (error.name or "").partition(".")[0] == "dojo":
        return error
    return UsageError(
        f"{error.name} is not installed for {sys.executable}. `kata doctor` shows what is missing."
    )


def place_in(path: Path, error: BaseException) -> int | None:
    """The last line of a file at which an exception passed through it, or None."""
    import traceback

    frames = traceback.extract_tb(error.__traceback__)
    return next((f.lineno for f in reversed(frames) if f.filename == str(path)), None)
