"""Starts the fork server, which imports torch on the far side while this side imports its own.

Must stay free of torch: it is called before anything slow is imported here.
"""

import contextlib
import os
import signal
import sys
import tempfile
import threading
import types
from collections.abc import Iterator

# A socket's path has at most 107 bytes on Linux and 103 on macOS; ours ends in
# /pymp-12345678/listener-12345678.
_LONGEST_FOLDER = 103 - 33


def best_method() -> str:
    """How learner processes start here: ``forkserver`` where that works, else ``spawn``."""
    folder = os.fsencode(tempfile.gettempdir())
    return "forkserver" if hasattr(os, "fork") and len(folder) <= _LONGEST_FOLDER else "spawn"


def start_fork_server(optimizers: bool = True) -> None:
    """Let the far side begin importing torch; returns at once. Calling it again does nothing.

    Args:
        optimizers: import what torch's first optimizer would import (0.7 s) ahead of need.
    """
    from multiprocessing import forkserver

    slow = ["torch._dynamo"] if optimizers else []
    forkserver.set_forkserver_preload([*slow, "dojo.learner.preload"])
    with clean_start(bare=True), _interrupts_held():
        forkserver.ensure_running()


@contextlib.contextmanager
def _interrupts_held() -> Iterator[None]:
    """Processes that begin here never see Ctrl-C, which a terminal sends to all of them.

    Else those that are still importing torch would show a traceback. They end with the judge.
    """
    from multiprocessing import resource_tracker

    resource_tracker.ensure_running()  # or it begins with the fork server and lets Ctrl-C in again
    signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})


@contextlib.contextmanager
def clean_start(bare: bool = False) -> Iterator[None]:
    """Start a process that imports neither our main module nor anything from the folder we are in.

    Args:
        bare: leave most of our environment out, too; only where no other thread uses it.

    multiprocessing would run the main module again in each child (for `kata`: click and all),
    and a learner's ``torch.py`` in the current folder would be found before the real one.
    """
    with _ONE_AT_A_TIME:
        main = sys.modules["__main__"]
        before = dict(os.environ)
        sys.modules["__main__"] = types.ModuleType("__main__")
        # What a process is started with stays in its memory, where an answer could find it.
        for name in before:
            if bare and not name.upper().startswith(_PASSED_ON):
                del os.environ[name]
        os.environ["PYTHONSAFEPATH"] = "1"
        try:
            yield
        finally:
            sys.modules["__main__"] = main
            if bare:
                os.environ.update(before)
            if "PYTHONSAFEPATH" in before:
                os.environ["PYTHONSAFEPATH"] = before["PYTHONSAFEPATH"]
            else:
                del os.environ["PYTHONSAFEPATH"]


# What Python, torch and the system's libraries go by.
_PASSED_ON = (
    *("PATH", "HOME", "LANG", "LC_", "TZ", "TMP", "TEMP", "PYTHON", "LD_", "DYLD_"),
    *("OMP_", "MKL_", "KMP_", "SYSTEMROOT", "WINDIR", "USERPROFILE", "VIRTUAL_ENV", "CONDA"),
)


# Processes are started by several threads, and what is put in place must be put back.
_ONE_AT_A_TIME = threading.Lock()
