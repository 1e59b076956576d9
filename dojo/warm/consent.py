"""Whether a judge may start in the background by itself, as this person said, on this machine.

One word in a file of the person's own state folder; nothing there means yes, and not yet told.
"""

import os
from pathlib import Path

from dojo.errors import UsageError

_OFF, _TOLD = "off", "told"


def may_start() -> bool:
    """Whether nobody forbade it, and what was forbidden could be known."""
    try:
        return _file().is_absolute() and _word() != _OFF
    except OSError:
        return False


def was_told() -> bool:
    """Whether the person was told before; from now on they were.

    Raises:
        OSError: that can't be kept, so it would be told for ever.
    """
    if _word() == _TOLD:
        return True
    _write(_TOLD)
    return False


def forbid() -> None:
    """From now on none starts by itself.

    Raises:
        UsageError: that can't be kept.
    """
    _keep(_OFF)


def allow() -> None:
    """From now on one may start by itself again.

    Raises:
        UsageError: that can't be kept.
    """
    _keep(_TOLD)


def _file() -> Path:
    base = os.environ.get("XDG_STATE_HOME") or os.path.expanduser("~/.local/state")
    return Path(base) / "kata" / "background"


def _word() -> str:
    try:
        return _file().read_bytes()[:20].decode("ascii", "replace").strip()
    except FileNotFoundError:
        return ""


def _keep(word: str) -> None:
    try:
        _write(word)
    except OSError as error:
        raise UsageError(
            f"This can't be remembered: {_file()} can't be written ({error.strerror or error})."
        ) from None


def _write(word: str) -> None:
    file = _file()
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"{word}\n", encoding="ascii")
