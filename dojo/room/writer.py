"""One thread that writes: what arrived meanwhile is committed together, and answered after that."""

import logging
import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass
from typing import Any, TypeVar

from dojo.room.store import Store
from dojo.room.writing import Writing

MOST_AT_ONCE = 200
MOST_WAITING = 5_000
T = TypeVar("T")


class Overloaded(Exception):
    """More waits to be written than can be."""


@dataclass(frozen=True)
class _Job:
    work: Callable[[Writing], Any]
    done: "Future[Any]"


class Writer:
    """Writes to a store, in the order in which it is asked.

    Args:
        store: to which.
        committed: told, in the thread of the writer, what was written, before anybody is answered.
    """

    def __init__(self, store: Store, committed: Callable[[Writing], None]) -> None:
        self._store, self._committed = store, committed
        self._jobs: queue.SimpleQueue[_Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._run, name="kata-room-writer", daemon=True)
        self._thread.start()

    def submit(self, work: Callable[[Writing], T]) -> "Future[T]":
        """Have something written; its result is there when it is on the disk.

        Raises:
            Overloaded: too much waits already.
        """
        if self._jobs.qsize() >= MOST_WAITING:
            raise Overloaded
        done: Future[T] = Future()
        self._jobs.put(_Job(work, done))
        return done

    def close(self) -> None:
        """Write what waits, and end."""
        self._jobs.put(None)
        self._thread.join()

    def _run(self) -> None:
        while (first := self._jobs.get()) is not None:
            batch, last = [first], False
            while len(batch) < MOST_AT_ONCE and not self._jobs.empty():
                job = self._jobs.get()
                if job is None:
                    last = True
                    break
                batch.append(job)
            self._write(batch)
            if last:
                return

    def _write(self, batch: list[_Job]) -> None:
        try:
            with self._store.writing() as writing:
                results = [job.work(writing) for job in batch]
                writing.finish()
        except Exception as error:
            if len(batch) == 1:
                batch[0].done.set_exception(error)
                return
            for job in batch:  # one of them is to blame: the others must not wait for it
                self._write([job])
            return
        try:
            self._committed(writing)
        except Exception:  # it is stored: who reads next carries it
            logging.getLogger(__name__).exception("what was stored can't be carried")
        for job, result in zip(batch, results, strict=True):
            job.done.set_result(result)
