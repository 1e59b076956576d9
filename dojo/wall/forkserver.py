"""Starts the fork server, which imports torch on the far side while this side imports its own.

Must stay free of torch: it is called before anything slow is imported here.
"""

import contextlib
import os
import pkgutil
import select
import signal
import subprocess
import sys
import threading
import types
from collections.abc import Callable, Iterator, Mapping, Sequence
from multiprocessing import process, util
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from dojo.machine import cores, scratch
from dojo.machine.surroundings import bare, safe_path

if TYPE_CHECKING:  # Windows has but one of them
    from multiprocessing.context import ForkServerContext, SpawnContext

# A socket's path has at most 107 bytes on Linux and 103 on macOS; ours ends in
# /kata-12345678/listener-12345678.
_LONGEST_FOLDER = 103 - 33


def best_method() -> str:
    """How learner processes start here: ``forkserver`` where that works, else ``spawn``."""
    folder = os.fsencode(scratch.base())
    return "forkserver" if hasattr(os, "fork") and len(folder) <= _LONGEST_FOLDER else "spawn"


def start_fork_server(optimizers: bool = True, many: bool = False) -> None:
    """Let the far side begin importing torch; returns at once. Calling it again does nothing.

    Args:
        optimizers: import what torch's first optimizer would import (0.7 s) ahead of need.
        many: thousands of processes will be forked: half a second is spent on making that quicker.
    """
    from multiprocessing import forkserver

    slow = ["torch._dynamo"] if optimizers else []
    last = ["dojo.learner.preload_for_many"] if many else []
    forkserver.set_forkserver_preload([*slow, "dojo.learner.preload", *last])
    _ensure_fork_server()


def begin(
    context: "ForkServerContext | SpawnContext", make: Callable[[Connection], process.BaseProcess]
) -> tuple[process.BaseProcess, Connection]:
    """Start a process; the fork server begins anew where it ended, or a cleaner took its socket.

    Args:
        context: of multiprocessing, that ``make`` uses, too.
        make: makes the process, which is given the other end of the line to it.

    Returns:
        The process, and the line to it.
    """
    with clean_start():
        try:
            return _begin(context, make)
        except (FileNotFoundError, ConnectionError, EOFError):
            if context.get_start_method() != "forkserver":
                raise
            _restart_fork_server()
            # Over a line of its own: one that was begun may live on, and would answer, too.
            return _begin(context, make)


def _begin(
    context: "ForkServerContext | SpawnContext", make: Callable[[Connection], process.BaseProcess]
) -> tuple[process.BaseProcess, Connection]:
    ours, theirs = context.Pipe()
    try:
        made = make(theirs)
        made.start()
    except BaseException:
        ours.close()
        raise
    finally:
        theirs.close()
    return made, ours


def number() -> int | None:
    """The fork server's process, if there is one."""
    return vars(_server())["_forkserver_pid"]


def lives(server: int) -> bool:
    """Whether the fork server of this number still runs: what it forked ends with it."""
    known = vars(_server())
    held = known["_forkserver_alive_fd"]
    if known["_forkserver_pid"] != server or held is None:  # None: another is about to begin
        return False
    other_end = select.poll()  # which it alone holds
    other_end.register(held, 0)
    return not other_end.poll(0)


def _server() -> Any:
    from multiprocessing import forkserver

    return getattr(forkserver, "_forkserver")  # noqa: B009 (there is no public way)


def _restart_fork_server() -> None:
    with contextlib.suppress(FileNotFoundError):
        _server()._stop()
    _ensure_fork_server()


def _ensure_fork_server() -> None:
    from multiprocessing import forkserver

    # Its socket lies in our own folder, and goes with that, whatever becomes of us.
    vars(process.current_process())["_config"]["tempdir"] = str(scratch.folder())
    with clean_start(), _interrupts_held():
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
def clean_start() -> Iterator[None]:
    """Let multiprocessing start processes that know nothing of where and how we were started.

    They get neither our main module, which multiprocessing would run again in each (for `kata`:
    click and all), nor the environment of the shell, nor anything from the folder we are in.
    """
    with _ONE_AT_A_TIME:
        main, path, spawn = sys.modules["__main__"], sys.path, util.spawnv_passfds
        safe = os.environ.get("PYTHONSAFEPATH")
        sys.modules["__main__"] = types.ModuleType("__main__")
        sys.path = safe_path()
        os.environ["PYTHONSAFEPATH"] = "1"  # where processes start in another way than by _spawn
        setattr(util, "spawnv_passfds", _spawn)  # noqa: B010 (typeshed's type fits nothing)
        try:
            yield
        finally:
            util.spawnv_passfds = spawn
            sys.modules["__main__"] = main
            sys.path = path
            if safe is None:
                del os.environ["PYTHONSAFEPATH"]
            else:
                os.environ["PYTHONSAFEPATH"] = safe


def fork_off(core: int | None, function: str, *args: Any) -> None:
    """Where a process begins that this one's fork server is to start, and that will judge.

    Its own fork server is a fork of it, made before anything else happens here: so all of them
    hold together in memory what the first has imported, and what an answer's process is forked
    from has imported nothing of the judge.

    Args:
        core: that all of them stay on; None: any.
        function: what happens then, as ``module:name``.
        args: of it.
    """
    global _forking
    cores.stay_on(core)
    _say_nothing()
    # What keeps the other's fork server alive, which ends with that one alone.
    os.close(vars(_server())["_forkserver_alive_fd"])
    _forking = True
    try:
        _ensure_fork_server()
    finally:
        _forking = False
    os.chdir(os.sep)
    pkgutil.resolve_name(function)(*args)


def _say_nothing() -> None:
    """Nothing is read, and what is printed goes nowhere: the screen is another process's."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for stream in (0, 1, 2):
        os.dup2(nothing, stream)
    os.close(nothing)


def _spawn(path: bytes, words: Sequence[str | bytes], descriptors: Sequence[int]) -> int:
    """Start a program for multiprocessing, with an environment and a folder that we choose."""
    environ = {**bare(), "TMPDIR": str(scratch.folder())}
    if _forking:
        return _fork(os.fsdecode(words[-1]), environ, descriptors)
    started = subprocess.Popen(
        words, executable=path, pass_fds=tuple(descriptors), env=environ, cwd=os.sep
    )
    started.returncode = 0  # it is multiprocessing that waits for it
    return started.pid


def _fork(code: str, environ: Mapping[str, str], descriptors: Sequence[int]) -> int:
    """Carry out a program's code in a fork of this process; returns its number."""
    number = os.fork()
    if number == 0:
        _become(code, environ, descriptors)
    return number


def _become(code: str, environ: Mapping[str, str], descriptors: Sequence[int]) -> None:
    """Be as a program that was started so, which carries out this code and ends; never returns."""
    try:
        from dojo.learner.confine import close_descriptors

        for name in ("SIGTERM", "SIGHUP"):
            signal.signal(getattr(signal, name), signal.SIG_DFL)
        os.environ.clear()
        os.environ.update(environ)
        os.chdir(os.sep)
        # What this process holds open, the line to whoever asks it above all, ends with it alone.
        close_descriptors([0, 1, 2, *descriptors])
        exec(code, {})
    finally:
        os._exit(0)


_forking = False
# Processes are started by several threads, and what is put in place must be put back.
_ONE_AT_A_TIME = threading.RLock()
