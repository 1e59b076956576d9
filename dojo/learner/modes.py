"""Global state of torch and of the random generators, before and after a call."""

import ctypes
import random
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch

_MT19937_BYTES = 4 * 624 + 4  # 624 words and the place among them


@dataclass(frozen=True)
class Modes:
    """torch's global switches that change what other code computes."""

    grad_enabled: bool
    default_dtype: torch.dtype
    inference: bool
    function_modes: int
    dispatch_modes: int

    @staticmethod
    def now() -> "Modes":
        """The switches as they are."""
        return Modes(
            torch.is_grad_enabled(),
            torch.get_default_dtype(),
            torch.is_inference_mode_enabled(),
            torch._C._len_torch_function_stack(),
            torch._C._len_torch_dispatch_stack(),
        )

    def changes(self, later: "Modes") -> list[tuple[str, str]]:
        """The switches that differ, each with its state later; `dojo.words.modes` tells of them."""
        out: list[tuple[str, str]] = []
        if later.grad_enabled != self.grad_enabled:
            out.append(("gradients", "on" if later.grad_enabled else "off"))
        if later.default_dtype != self.default_dtype:
            out.append(("dtype", str(later.default_dtype)))
        if later.inference != self.inference:
            out.append(("inference", "on"))
        if (
            later.function_modes != self.function_modes
            or later.dispatch_modes != self.dispatch_modes
        ):
            out.append(("functions", "open"))
        return out


@dataclass(frozen=True)
class NumpyState:
    """The state of NumPy's generator.

    Attributes:
        told: what NumPy says of it: its key, its place there, whether a normal number is kept from
            the draw before, and that number.
        bits: the generator of bits below it.
        memory: the bytes of that.
    """

    told: tuple[Any, ...]
    bits: object = field(compare=False)
    memory: bytes = field(compare=False)


def random_states(before: tuple[Any, ...] | None = None) -> tuple[Any, ...]:
    """The states of the three global random generators.

    Args:
        before: those of an earlier time, of which is taken what can't have changed.
    """
    # A mode that the subject left open must not answer in torch's place.
    with torch._C.DisableTorchFunction():
        ours = torch.get_rng_state().numpy().tobytes()
    return (ours, _numpy_state(None if before is None else before[1]), random.getstate())


def _numpy_state(before: NumpyState | None) -> NumpyState:
    """NumPy takes 30 us to tell its state; reading the memory of its generator takes one.

    Each draw changes that, except of a normal number that was kept from the draw before.
    """
    bits = np.random.get_bit_generator()
    memory = b""
    if isinstance(bits, np.random.MT19937):
        memory = ctypes.string_at(bits.ctypes.state_address, _MT19937_BYTES)
    if before is not None and before.bits is bits and memory and memory == before.memory:
        _, _, keeps_one, _ = before.told
        if not keeps_one:
            return before
    state: Any = np.random.get_state()
    return NumpyState((state[1].tobytes(), *state[2:]), bits, memory)


def random_advanced(before: tuple[Any, ...], after: tuple[Any, ...]) -> list[str]:
    """Names of the global generators that moved between two states."""
    out: list[str] = []
    if before[0] != after[0]:
        out.append("torch")
    if before[1] != after[1]:
        out.append("numpy")
    if before[2] != after[2]:
        out.append("random")
    return out
