"""What a judge is asked, as plain data that can be sent to another process.

Light: a command that only asks a warm judge imports this, and neither torch nor multiprocessing.
"""

from dataclasses import dataclass

from dojo.course.catalog import Kata


@dataclass(frozen=True)
class Request:
    """Judge this file as the answer to that kata.

    Attributes:
        kata: what it answers.
        source: the file's bytes.
        shown: its name as people read it.
        seed: of the inputs; None lets the judge draw one.
        strict: require the strict type check.
    """

    kata: Kata
    source: bytes
    shown: str
    seed: int | None = None
    strict: bool = False

    @property
    def may_optimize(self) -> bool:
        """Whether the file may use torch.optim, whose first use is slow unless it is preloaded."""
        return b"optim" in self.source
