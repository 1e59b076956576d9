"""Where a learner process begins; light, so that the judge can name it without importing torch's
optimizers and all else that only the far side needs.
"""

import signal
from dataclasses import dataclass
from multiprocessing.connection import Connection

LOST_PIPE = 71  # exit code when the pipe broke, by whatever the subject did to it
# Asks a learner process to note where it is; Windows has none, there a thread does it unasked.
WHERE: int | None = getattr(signal, "SIGUSR1", None)


@dataclass(frozen=True)
class Settings:
    """How a learner process is set up; sent once, by the judge, before the subject is there.

    Attributes:
        scratch: the private folder: the working directory, and the only writable place.
        output: the file that takes stdout and stderr.
        hang: the file that takes the stack of a call that lasts too long.
        memory_bytes, cpu_seconds, file_bytes: limits.
        confined: False only where the subject is our own (solutions and mistakes in diagnosis).
    """

    scratch: str
    output: str
    hang: str
    memory_bytes: int
    cpu_seconds: int
    file_bytes: int
    confined: bool = True


def serve(connection: Connection, settings: Settings) -> None:
    """The learner process's main function."""
    from dojo.learner import server  # preloaded where processes are forked

    server.run(connection, settings)
