"""The process of a warm judge: how it starts, what it makes ready, how it ends.

What it is asked, and by whom, is for the rooms' front ends: a lane over the cores, the judge behind
`kata watch`, the judge in the background.
"""

import contextlib
import pkgutil
import signal
from collections.abc import Callable
from dataclasses import astuple, dataclass
from functools import partial
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import TYPE_CHECKING, Any

from dojo.course.catalog import Catalog, load, pass_over
from dojo.errors import UsageError, not_installed
from dojo.judge.judge import Judge
from dojo.wall.forkserver import begin, best_method, fork_off, start_fork_server

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerContext, SpawnContext

Answer = Callable[[Connection, Judge], None]


@dataclass(frozen=True)
class Warm:
    """PyTorch is loaded; from here on judging is quick."""


@dataclass(frozen=True)
class Broken:
    """The judge can't go on: why, and what to do, in sentences."""

    reason: str


@dataclass(frozen=True)
class How:
    """How the process of a judge is started.

    Attributes:
        optimizers: import ahead what torch.optim needs at its first use.
        forked: off the fork server of this process, which is started where there is none yet: all
            judges hold torch in memory together. For more than one; one alone is warm earlier
            without. Where nothing can be forked, it changes nothing.
        core: of this machine, that a forked one and what it starts stay on; None: any.
        types: the address of a type checker that several share; None: one of its own.
        many: thousands of answers are to be judged.
    """

    optimizers: bool = True
    forked: bool = False
    core: int | None = None
    types: str | None = None
    many: bool = False


ALONE = How()


def start(answer: Answer, catalog: Catalog, how: How) -> tuple[BaseProcess, Connection]:
    """Start a process with a judge in it; returns it, and the line to it.

    Args:
        answer: a module's function, called there, warm: says so by `Warm`, then answers until the
            line is cut. Where it can't come to that, `Broken` is sent.
        catalog: the katas.
        how: it starts.
    """
    # By name: where a process is forked off, nothing is imported before it has been forked again.
    told = f"{answer.__module__}:{answer.__qualname__}"
    words: tuple[object, ...] = (catalog.root, told, astuple(how))
    context: "ForkServerContext | SpawnContext" = get_context("spawn")
    main: Callable[..., None] = _main
    if how.forked and best_method() == "forkserver":
        start_fork_server(how.optimizers, how.many)
        context, main = get_context("forkserver"), fork_off
        words = (how.core, f"{__name__}:{_main.__name__}", *words)
    return begin(
        context,
        lambda theirs: context.Process(target=main, args=(*words, theirs), name="kata-judge"),
    )


def work(root: Path, answer: Callable[[Judge], None], how: How = ALONE) -> None:
    """In a process of its own: make a judge warm, let it answer, and leave nothing behind.

    Args:
        root: of the katas.
        answer: returns when there is nothing more to do; a signal to end interrupts it.
        how: the process was started.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the process that shows things
    for name in ("SIGTERM", "SIGHUP"):  # Windows lacks the second
        if (signum := getattr(signal, name, None)) is not None:
            # The judge's own way to stop in the middle, with nothing left behind.
            signal.signal(signum, signal.default_int_handler)
    catalog = load(root, on_flaw=pass_over)
    ready = Judge(catalog, optimizers=how.optimizers, types=how.types)
    with contextlib.suppress(KeyboardInterrupt), ready as judge:
        import dojo.diagnosis.explain
        import dojo.suite.judgement  # noqa: F401  (torch and pytest)

        answer(judge)


def _main(root: Path, answer: str, how: tuple[Any, ...], connection: Connection) -> None:
    with contextlib.suppress(OSError, KeyboardInterrupt):  # nobody listens any more
        try:
            work(root, partial(pkgutil.resolve_name(answer), connection), How(*how))
        except Exception as error:
            connection.send(Broken(why(error)))


def why(error: Exception) -> str:
    """Why a judge can't start, in sentences."""
    if isinstance(error, ModuleNotFoundError):
        error = not_installed(error)
    if isinstance(error, UsageError):
        return str(error)
    return f"The process that judges can't start ({type(error).__name__}: {error})."
