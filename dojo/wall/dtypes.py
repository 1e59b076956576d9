"""In which dtypes a check is carried out: the far side's default, and what its inputs come in."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Dtypes:
    """One way to carry out a check.

    Attributes:
        default: torch's default dtype in the learner process, ``float64`` or ``float32``.
        inputs: dtype in which the suite's float64 tensors are sent.
    """

    default: str
    inputs: str

    @property
    def single(self) -> bool:
        """Whether results can only be right to float32's precision."""
        return self.inputs == "float32"


EXACT = Dtypes("float64", "float64")  # where comparisons are exact: what judges first
SINGLE = Dtypes("float32", "float32")  # a plain program's, and the second chance of an answer
PROMISED = Dtypes("float32", "float64")  # a plain program's, where the stub promises float64
