"""Runtime traps for what a kata forbids: the use is noted and stopped, whatever route it took.

The judge also reads the syntax tree; the trap catches what a tree doesn't show.
"""

from collections.abc import Callable
from typing import Any

import torch

# Trapped wherever torch keeps a function of that name; modules such as nn.ReLU call these.
FUNCTIONS: dict[str, tuple[str, ...]] = {
    "activations": (
        *("relu", "relu_", "relu6", "leaky_relu", "leaky_relu_", "prelu", "rrelu", "threshold"),
        *("sigmoid", "sigmoid_", "logsigmoid", "hardsigmoid", "expit", "log_expit"),
        *("tanh", "tanh_", "hardtanh", "hardtanh_", "tanhshrink"),
        *("softmax", "log_softmax", "softmin", "gumbel_softmax", "softplus"),
        *("elu", "elu_", "selu", "celu", "gelu", "silu", "mish"),
    ),
    "losses": (
        *("mse_loss", "l1_loss", "smooth_l1_loss", "huber_loss", "gaussian_nll_loss"),
        *("binary_cross_entropy", "binary_cross_entropy_with_logits", "soft_margin_loss"),
        *("cross_entropy", "nll_loss", "kl_div"),
    ),
}
_HOMES: tuple[Any, ...] = (torch, torch.nn.functional, torch.Tensor, torch.special)


class ForbiddenByThisKata(RuntimeError):
    """The subject used something that the kata wants written by hand."""


class NotHere(RuntimeError):
    """The subject asked for what can't be had where answers are judged."""


def without_compiler() -> None:
    """Let torch.compile say at once that it can't be had: it would look for a compiler for long."""

    def refuse(*args: Any, **kwargs: Any) -> Any:
        raise NotHere("torch.compile is not to be used here")

    refuse.__name__ = "compile"
    torch.compile = refuse


class Traps:
    """Armed while the subject runs; remembers what was used.

    Attributes:
        armed: False while the judge itself runs autograd here.
        used: names of what was used, in order.
    """

    def __init__(self) -> None:
        self.armed = False
        self.used: list[str] = []
        self._installed: set[str] = set()

    def install(self, forbids: list[str]) -> None:
        """Put the traps for these names in place, once each."""
        for name in set(forbids) - self._installed:
            self._installed.add(name)
            if name in FUNCTIONS:
                self._functions(name)
            else:
                {"autograd": self._autograd, "optim": self._optim, "nn": self._nn}[name]()

    def _spring(self, name: str) -> None:
        if self.armed:
            self.used.append(name)
            raise ForbiddenByThisKata(name)

    def _autograd(self) -> None:
        # backward(), grad() and everything of torch.func end in the one engine.
        variable: Any = torch.autograd.Variable
        engine = variable._execution_engine
        spring = self._spring

        class Engine:
            def run_backward(self, *args: Any, **kwargs: Any) -> Any:
                spring("autograd")
                return engine.run_backward(*args, **kwargs)

            def __getattr__(self, name: str) -> Any:
                return getattr(engine, name)

        variable._execution_engine = Engine()
        forward: Any = torch.autograd.forward_ad
        forward.enter_dual_level = self._wrapped(forward.enter_dual_level, "autograd")

    def _optim(self) -> None:
        base: Any = torch.optim.Optimizer
        base.__init__ = self._wrapped(base.__init__, "optim")

    def _nn(self) -> None:
        base: Any = torch.nn.Module
        base.__init__ = self._wrapped(base.__init__, "nn")

    def _functions(self, group: str) -> None:
        for home in _HOMES:
            for name in FUNCTIONS[group]:
                function = getattr(home, name, None)
                if function is not None:
                    setattr(home, name, self._wrapped(function, group))

    def _wrapped(self, function: Callable[..., Any], name: str) -> Callable[..., Any]:
        def trapped(*args: Any, **kwargs: Any) -> Any:
            self._spring(name)
            return function(*args, **kwargs)

        trapped.__name__ = getattr(function, "__name__", name)

        return trapped
