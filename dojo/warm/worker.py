"""The process of a warm judge: how it starts, what it makes ready, how it ends.

What it is asked, and by whom, is for the rooms' front ends: a lane over the cores, the judge behind
`kata watch`, the judge in the background.
"""

import contextlib
import pkgutil
import signal
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerContext, SpawnContext
from multiprocessing.process import BaseProcess
from pathlib import Path

from dojo.course.catalog import Catalog, load, pass_over
from dojo.errors import UsageError, not_installed
from dojo.judge.judge import Judge
from dojo.wall.forkserver import begin, best_method, fork_off, start_fork_server

Answer = Callable[[Connection, Judge], None]


@dataclass(frozen=True)
class Warm:
    """PyTorch is loaded; from here on judging is quick."""


@dataclass(frozen=True)
class Broken:
    """The judge can't go on: why, and what to do, in sentences."""

    reason: str


def start(
    answer: Answer,
    catalog: Catalog,
    optimizers: bool,
    forked: bool = False,
    core: int | None = None,
) -> tuple[BaseProcess, Connection]:
    """Start a process with a judge in it; returns it, and the line to it.

    Args:
        answer: a module's function, called there, warm: says so by `Warm`, then answers until the
            line is cut. Where it can't come to that, `Broken` is sent.
        catalog: the katas.
        optimizers: import ahead what torch.optim needs at its first use.
        forked: off the fork server of this process, which is started where there is none yet: all
            judges hold torch in memory together. For more than one; one alone is warm earlier
            without. Where nothing can be forked, it changes nothing.
        core: of this machine, that a forked one and what it starts stay on; None: any.
    """
    context: ForkServerContext | SpawnContext = get_context("spawn")
    main: Callable[..., None] = _main
    words: tuple[object, ...] = (catalog.root, optimizers)
    if forked and best_method() == "forkserver":
        start_fork_server(optimizers)
        context, main = get_context("forkserver"), fork_off
        words = (core, f"{__name__}:{_main.__name__}", *words)
    ours, theirs = context.Pipe()
    how = f"{answer.__module__}:{answer.__qualname__}"
    process = context.Process(target=main, args=(*words, how, theirs), name="kata-judge")
    begin(process)
    theirs.close()
    return process, ours


def work(root: Path, answer: Callable[[Judge], None], optimizers: bool = True) -> None:
    """In a process of its own: make a judge warm, let it answer, and leave nothing behind.

    Args:
        root: of the katas.
        answer: returns when there is nothing more to do; a signal to end interrupts it.
        optimizers: import ahead what torch.optim needs at its first use.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that shows things
    for name in ("SIGTERM", "SIGHUP"):  # Windows lacks the second
        if (signum := getattr(signal, name, None)) is not None:
            # The judge's own way to stop in the middle, with nothing left behind.
            signal.signal(signum, signal.default_int_handler)
    catalog = load(root, on_flaw=pass_over)
    with contextlib.suppress(KeyboardInterrupt), Judge(catalog, optimizers=optimizers) as judge:
        import dojo.diagnosis.explain
        import dojo.suite.judgement  # noqa: F401  (torch and pytest)

        answer(judge)


def _main(root: Path, optimizers: bool, answer: str, connection: Connection) -> None:
    with contextlib.suppress(OSError, KeyboardInterrupt):  # nobody listens any more
        try:
            work(root, partial(pkgutil.resolve_name(answer), connection), optimizers)
        except Exception as error:
            connection.send(Broken(why(error)))


def why(error: Exception) -> str:
    """Why a judge can't start, in sentences."""
    if isinstance(error, ModuleNotFoundError):
        error = not_installed(error)
    if isinstance(error, UsageError):
        return str(error)
    return f"The process that judges can't start ({type(error).__name__}: {error})."
