"""Starts learner processes ahead of need, and ends them, beside the judge's own work."""

from collections import deque
from concurrent.futures import Future, ThreadPoolExecutor
from multiprocessing import get_context
from typing import TYPE_CHECKING

from dojo.errors import UsageError
from dojo.learner.entry import Settings, serve
from dojo.machine import cores, scratch
from dojo.wall.forkserver import begin, best_method, number, start_fork_server
from dojo.wall.process import LearnerProcess

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerContext, SpawnContext

MEMORY = 3 * 2**30
FILE_SIZE = 64 * 2**20
CPU_SECONDS = 120
AHEAD = 2
MOST_SERVED = 50  # judgements by one process of ours


class Starter:
    """Starts learner processes ahead of need, and ends them, beside the judge's own work.

    Args:
        method: ``forkserver`` (warm: a fork takes milliseconds) or ``spawn`` (everywhere); None:
            the best here.
    """

    def __init__(self, method: str | None = None) -> None:
        self.method = method or best_method()
        self._context: "ForkServerContext | SpawnContext"
        if self.method == "forkserver":
            self._context = get_context("forkserver")
        else:
            self._context = get_context("spawn")
        scratch.folder()  # that none can be made should show before anything is started
        self._beside = ThreadPoolExecutor(max_workers=1, thread_name_prefix="kata-starter")
        self._ending = ThreadPoolExecutor(max_workers=1, thread_name_prefix="kata-ender")
        self._ahead: deque[Future[LearnerProcess]] = deque()
        # On a core of its own one process is begun beside another's work at its cost.
        several = self.method == "forkserver" and len(cores.usable()) > 1
        self._depth = AHEAD if several else 1
        self._idle: tuple[object, LearnerProcess] | None = None
        self._own: tuple[str, Future[LearnerProcess]] | None = None

    def warm_up(self) -> None:
        """Begin importing torch on the far side; returns at once."""
        if self.method == "forkserver":
            start_fork_server()

    def take(self, owner: object) -> LearnerProcess:
        """A learner process for one check; more are begun for the next callers.

        Args:
            owner: who gets the process back that it gave back; all others get fresh ones.
        """
        if self._idle is not None and self._idle[0] is owner:
            process, self._idle = self._idle[1], None
            if process.can_go_on:
                return process
            self._end(process)
        process = self._take_ahead()
        while not process.can_go_on:
            self._end(process)
            process = self._take_ahead()
        return process

    def _take_ahead(self) -> LearnerProcess:
        while len(self._ahead) < self._depth:
            self._ahead.append(self._beside.submit(self._start, confined=True))
        process = self._ahead.popleft().result()
        if self.method == "forkserver":
            self._ahead.append(self._beside.submit(self._start, confined=True))
        return process

    def give_back(self, process: LearnerProcess, owner: object, usable: bool) -> None:
        """End a process, or keep it for the next check of the same subject.

        Args:
            process: one that was taken.
            owner: who took it.
            usable: it still answers, and as before.
        """
        process.used = True
        if usable and self._idle is None:
            self._idle = (owner, process)
        else:
            self._end(process)

    def renew(self) -> None:
        """Let the next one that is taken be fresh."""
        if self._idle is not None:
            self._end(self._idle[1])
            self._idle = None

    def expect_own(self, kata: str) -> None:
        """`take_own` will be called soon; returns at once."""
        if self._own is not None and self._own[0] != kata:
            self._forget_own()
        if self._own is None:
            self._own = kata, self._beside.submit(self._start, confined=False)

    def take_own(self, kata: str) -> LearnerProcess:
        """A process for variants of our own solution of a kata, which needs no confinement.

        It may have served judgements of the same kata before; traps of another would stay.
        """
        self.expect_own(kata)
        assert self._own is not None
        process = self._own[1].result()
        self._own = None
        if not process.can_go_on:
            self._end(process)
            process = self._start(confined=False)
        process.served += 1
        return process

    def give_back_own(self, process: LearnerProcess, kata: str, usable: bool) -> None:
        """End such a process, or keep it for the next judgement of the same kata."""
        if usable and self._own is None and process.served < MOST_SERVED:
            kept: Future[LearnerProcess] = Future()
            kept.set_result(process)
            self._own = kata, kept
        else:
            self._end(process)

    def _forget_own(self) -> None:
        if self._own is not None:
            future, self._own = self._own[1], None
            if not future.cancel():
                self._ending.submit(lambda: future.result().close())

    def _end(self, process: LearnerProcess) -> None:
        process.kill()
        self._ending.submit(process.close)

    def close(self) -> None:
        """End what was started ahead and remove all files."""
        self.renew()
        self._forget_own()
        for future in self._ahead:
            if not future.cancel():
                self._ending.submit(lambda f=future: f.result().close())
        self._ahead.clear()
        self._beside.shutdown(wait=True)
        self._ending.shutdown(wait=True)

    def _start(self, confined: bool) -> LearnerProcess:
        folder = scratch.subfolder("answer")
        try:
            (folder / "scratch").mkdir()
            for name in ("output", "hang"):
                (folder / name).touch()
        except OSError as error:
            raise UsageError(scratch.trouble(error)) from None
        settings = Settings(
            scratch=str(folder / "scratch"),
            output=str(folder / "output"),
            hang=str(folder / "hang"),
            memory_bytes=MEMORY,
            cpu_seconds=CPU_SECONDS,
            file_bytes=FILE_SIZE,
            confined=confined,
        )
        process, line = begin(
            self._context,
            lambda theirs: self._context.Process(
                target=serve, args=(theirs, settings), daemon=True
            ),
        )
        return LearnerProcess(
            process, line, folder, number() if self.method == "forkserver" else None
        )
