"""What is kept of a conversation: who is asked, each question, its answer, what came of it."""

import copy
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch

from dojo.contract.read import Contract
from dojo.wall.handle import Handle
from dojo.wall.process import Answer, Gone
from dojo.wire.codec import Encoder
from dojo.wire.values import Record


@dataclass(frozen=True)
class Answerer:
    """What a conversation needs to know of the file that it talks to.

    Attributes:
        source: the file's bytes.
        filename: its name in tracebacks.
        contract: the solution's.
        probe: the probe file's bytes, or None.
        forbids: names of the bans whose traps are armed.
        seconds: limit of one call.
        seed: seed of the process's global random generators.
    """

    source: bytes
    filename: str
    contract: Contract
    probe: bytes | None
    forbids: tuple[str, ...]
    seconds: float
    seed: int

    @property
    def lines(self) -> list[str]:
        """The file's lines, for findings; what is no UTF-8 is replaced."""
        return self.source.decode("utf-8", "replace").splitlines()


@dataclass
class Exchange:
    """One request and what came of it; enough to ask somebody else the same.

    Attributes:
        body: the request without its number and limit.
        request: its frame's encoder, which holds the buffers.
        answer: the reply, or None when the process was gone.
        callbacks: for each callback: the frame that came, and the encoder and body sent back.
        knows: numbers that the call knows by name: sizes, and numbers among its arguments.
    """

    body: dict[str, Any]
    request: Encoder
    answer: Answer | None = None
    gone: Gone | None = None
    callbacks: list[tuple[Any, list[memoryview], Encoder, dict[str, Any]]] = field(
        default_factory=list
    )
    knows: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Last:
    """What else is known about a call.

    Attributes:
        changed: names of the arguments whose values were changed.
        rng_advanced: whether a global random generator moved.
        global_draws: how many calls moved one so far, this one among them.
        seconds: processor time of the call on the far side.
        sizes: dimension names bound by the arguments.
    """

    changed: tuple[str, ...] = ()
    rng_advanced: bool = False
    global_draws: int = 0
    seconds: float = 0.0
    sizes: Mapping[str, int] = field(default_factory=dict)
    knows: Mapping[str, float] = field(default_factory=dict)


_PLAIN = frozenset((bool, int, float, str, type(None)))


def snapshot(value: Any, single: bool, told: Callable[[torch.Tensor], Any] | None = None) -> Any:
    """A value's contents as something that compares by content, whatever happens to it later.

    What travels in float32 is rounded, which is no change.

    Args:
        value: anything that a suite hands over.
        single: it travels in float32.
        told: the contents of a tensor where they are known already, or None.
    """
    if type(value) in _PLAIN:
        return value
    if isinstance(value, torch.Tensor):
        if told is not None and (known := told(value)) is not None:
            return known
        plain = value.detach().contiguous()
        if single and plain.dtype == torch.float64:
            plain = plain.to(torch.float32)
        return (str(plain.dtype), tuple(plain.shape), plain.numpy().tobytes())
    if isinstance(value, np.ndarray):
        return (str(value.dtype), value.shape, value.tobytes())
    if isinstance(value, Record):
        # Another tensor with the same numbers is a change; a number is as good as its equal.
        return {
            k: (None if type(v) in _PLAIN else id(v), snapshot(v, single, told))
            for k, v in value.fields.items()
        }
    if isinstance(value, (list, tuple)):
        return [snapshot(v, single, told) for v in value]
    if isinstance(value, dict):
        return {k: snapshot(v, single, told) for k, v in value.items()}
    if isinstance(value, (torch.Generator, Handle)) or callable(value):
        return None
    return copy.copy(value)
