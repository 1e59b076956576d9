"""Global state of torch and of the random generators, before and after a call."""

import random
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch


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


def random_states() -> tuple[Any, ...]:
    """The states of the three global random generators."""
    state: Any = np.random.get_state()
    # A mode that the subject left open must not answer in torch's place.
    with torch._C.DisableTorchFunction():
        ours = torch.get_rng_state().numpy().tobytes()
    return (ours, (state[1].tobytes(), *state[2:]), random.getstate())


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
