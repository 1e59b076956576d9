"""Runtime traps for what a kata forbids: the use is noted and stopped, whatever route it took.

The judge also reads the syntax tree; the trap catches what a tree doesn't show.
"""

import contextlib
import operator
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import torch

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


class _Engine:
    """torch's autograd engine, watched below Python: whoever asks it, by whatever name or route.

    torch offers one hook that its engine calls before every backward pass, from C++ (it is there
    for compiled autograd). While the hook is set, nobody gets a derivative. Whether it is set is
    asked of torch itself, and the function that sets it is kept here, with one in its place that
    does nothing meanwhile: no flag in Python turns it off.

    Args:
        spring: called when the engine is asked; must raise.
    """

    def __init__(self, spring: Callable[[], None]) -> None:
        def asked(*_: Any) -> None:
            spring()

        self._asked = asked
        module: Any = getattr(torch._C._dynamo, "compiled_autograd", None)
        self._set: Callable[..., Any] | None = getattr(module, "set_autograd_compiler", None)
        if self._set is not None:
            module.set_autograd_compiler = self._set_for_others

    def guard(self, on: bool) -> None:
        """Set the hook, or take it away."""
        if self._set is not None:
            self._set(self._asked if on else None, False)

    def _set_for_others(self, compiler: object, dynamic: bool) -> Any:
        """What torch's own code calls: it changes nothing while the hook is set."""
        if self._set is None or self.guarded():
            return None, False
        return self._set(compiler, dynamic)

    def guarded(self) -> bool | None:
        """Whether the hook is set; None where torch has none."""
        if self._set is None:
            return None
        compiler, dynamic = self._set(None, False)
        self._set(compiler, dynamic)
        return compiler is self._asked


class Traps:
    """Armed while the subject runs; remembers what was used.

    Attributes:
        used: names of what was used, in order.
    """

    def __init__(self) -> None:
        self.used: list[str] = []
        self._armed = False
        self._engine: _Engine | None = None
        self._installed: set[str] = set()

    @contextlib.contextmanager
    def armed(self, armed: bool = True) -> Iterator[None]:
        """While the block lasts, traps spring; or they don't, for the judge's own use of torch."""
        before = self._armed
        self._arm(armed)
        try:
            yield
        finally:
            self._arm(before)

    def _arm(self, armed: bool) -> None:
        if self._engine is not None:
            self._engine.guard(armed)
        self._armed = armed

    def install(self, bans: Mapping[str, Sequence[str]]) -> None:
        """Put traps in place, once each.

        Args:
            bans: by what is forbidden: functions of torch by name, trapped wherever torch keeps one
                of that name, and classes by their path. Autograd has a trap of its own.
        """
        for ban in bans.keys() - self._installed:
            self._installed.add(ban)
            if ban == "autograd":
                self._autograd()
            for name in bans[ban]:
                path = name.partition(".")[2]
                classes = [operator.attrgetter(path)(torch)] if path else []
                for home in classes or _HOMES:
                    self._replace(home, "__init__" if path else name, ban)

    def _spring(self, name: str) -> None:
        armed = self._engine.guarded() if name == "autograd" and self._engine is not None else None
        if armed or (armed is None and self._armed):
            self.used.append(name)
            raise ForbiddenByThisKata(name)

    def _autograd(self) -> None:
        # backward(), grad() and everything of torch.func end in the one engine: in its part in
        # Python, which torch.func needs, and in C++, where TorchScript goes as well.
        self._engine = _Engine(lambda: self._spring("autograd"))
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
        for home in (forward, torch._C):
            for enter in ("enter_dual_level", "_enter_dual_level"):
                self._replace(home, enter, "autograd")

    def _replace(self, home: Any, name: str, ban: str) -> None:
        function = getattr(home, name, None)
        if function is not None:
            setattr(home, name, self._wrapped(function, ban))

    def _wrapped(self, function: Callable[..., Any], name: str) -> Callable[..., Any]:
        def trapped(*args: Any, **kwargs: Any) -> Any:
            self._spring(name)
            return function(*args, **kwargs)

        trapped.__name__ = getattr(function, "__name__", name)

        return trapped
