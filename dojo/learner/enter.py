"""How a learner process leaves everything of its parent behind, before the subject is there."""

import contextlib
import os
import signal
import sys
import tempfile
import warnings
from pathlib import Path

import torch

from dojo.learner import confine
from dojo.learner.entry import Settings


def enter(settings: Settings, keep: list[int]) -> str:
    """Leave everything of the parent behind: descriptors, signals, folders, rights."""
    with contextlib.suppress(AttributeError, OSError):
        os.setsid()
    _die_with_parent()
    output = os.open(settings.output, os.O_WRONLY | os.O_APPEND)
    sys.stdout.flush()
    sys.stderr.flush()
    os.dup2(output, 1)
    os.dup2(output, 2)
    confine.close_descriptors([1, 2, *keep])
    for signum in (signal.SIGINT, signal.SIGTERM):
        signal.signal(signum, signal.SIG_DFL)
    with contextlib.suppress(AttributeError, ValueError):
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    _fresh_streams()
    os.chdir(settings.scratch)
    for name in list(os.environ):
        if name not in ("TZ", "SYSTEMROOT"):
            del os.environ[name]
    os.environ.update(TMPDIR=settings.scratch, HOME=settings.scratch)
    tempfile.tempdir = settings.scratch
    sys.argv = ["kata"]
    sys.path[:] = [p for p in sys.path if (p and Path(p).name in _LIBRARY_FOLDERS) or ".zip" in p]
    sys.dont_write_bytecode = True
    torch.set_num_threads(1)
    warnings.simplefilter("default")
    if not settings.confined:
        return "none"
    confine.prepare()
    return confine.confine(
        Path(settings.scratch),
        settings.memory_bytes,
        settings.cpu_seconds,
        settings.file_bytes,
    )


_LIBRARY_FOLDERS = (
    "site-packages",
    "dist-packages",
    "lib-dynload",
    "DLLs",
    "Lib",
    f"python{sys.version_info.major}.{sys.version_info.minor}",
)


def _fresh_streams() -> None:
    """Text streams on the descriptors, line by line, that take any character."""
    sys.stdin = open(0, encoding="utf-8", errors="replace", closefd=False)  # noqa: SIM115
    for name, descriptor in (("stdout", 1), ("stderr", 2)):
        stream = open(  # noqa: SIM115
            descriptor, "w", encoding="utf-8", errors="backslashreplace", closefd=False
        )
        setattr(sys, name, stream)
        setattr(sys, f"__{name}__", stream)


def _die_with_parent() -> None:
    """On Linux: be killed when the fork server goes, however it goes."""
    if not sys.platform.startswith("linux"):
        return
    import ctypes

    set_parent_death_signal = 1
    with contextlib.suppress(OSError, AttributeError):
        ctypes.CDLL(None).prctl(set_parent_death_signal, signal.SIGKILL, 0, 0, 0)
