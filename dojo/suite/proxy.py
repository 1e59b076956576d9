"""What a suite sees of the far side: `learner.name(args)` as if the function ran here."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import ModuleType
from typing import Any

import torch

from dojo.failure import Failed, missing_finding
from dojo.verdict import Finding
from dojo.wall.conversation import Conversation
from dojo.wall.exchange import Last
from dojo.wire.values import Record


@dataclass(frozen=True)
class Vjp:
    """A function's value and the gradients of sum(cotangent * value) for each argument."""

    value: Any
    grads: tuple[Any, ...]


_PROBES: dict[bytes, ModuleType] = {}


class Probe:
    """`learner.probe.name(args)`: a function of the kata's probe file, on the far side."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation

    @property
    def module(self) -> ModuleType:
        """The probe's file, run here: what it does with the solution can be compared."""
        source = self._conversation.answerer.probe or b""
        if source not in _PROBES:
            module = ModuleType("probe")
            exec(compile(source, "the probe", "exec", dont_inherit=True), module.__dict__)
            _PROBES[source] = module
        return _PROBES[source]

    def __getattr__(self, name: str) -> Callable[..., Any]:
        def function(*args: Any) -> Any:
            return self._conversation.call(name, args, op="probe")

        return function


class Learner:
    """The subject as a suite sees it; see docs/authoring.md."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation
        self.probe = Probe(conversation)

    @property
    def last(self) -> Last:
        """What else is known about the last call."""
        return self._conversation.last

    @property
    def dtype(self) -> str:
        """In which inputs are sent: float64, or float32 where that is what the check is about."""
        return self._conversation.dtypes.inputs

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("__"):
            raise AttributeError(name)

        def function(*args: Any) -> Any:
            return self._call(name, args)

        return function

    @property
    def files(self) -> dict[str, bytes]:
        """The files that the answer has written into this check's folder, by path in it."""
        return dict(self._conversation.call("", (), op="files"))

    def write_files(self, files: Mapping[str, bytes]) -> None:
        """Write into this check's folder, such as a file that was cut off or damaged."""
        self._conversation.call("", (dict(files),), op="put")

    def restart(self) -> None:
        """Go on in a new process, as after a crash: files stay, handles and objects are gone."""
        self._conversation.restart()

    def vjp(self, name: str, *args: Any, cotangent: Any) -> Vjp:
        """Run autograd on the far side through the learner's function.

        Args:
            name: the function.
            args: its arguments; gradients are taken for all floating tensors in them.
            cotangent: in the shape of the result (a tuple for several results).

        Raises:
            Failed: the call fails, or its result can't be differentiated.
        """
        conversation = self._conversation
        self._require(name)
        signature = conversation.answerer.contract.functions.get(name)
        value, grads = conversation.call(
            name, args, op="vjp", extra={"cotangent": cotangent}, signature=signature
        )
        by_name = grads if isinstance(grads, dict) else {}
        if by_name and all(g is None for g in by_name.values()):
            text = (
                f"The result of `{name}` can't be differentiated: its connection to the arguments "
                "is cut (by detach, item, NumPy, no_grad or a new tensor made from its numbers)."
            )
            raise Failed(Finding(text, evidence={"relation": "detached"}), cause="stated")
        table = conversation._table
        lookup = {id(table.objects[n]): g for n, g in by_name.items() if n in table.objects}
        return Vjp(value, tuple(_like(a, lookup) for a in args))

    def _call(self, name: str, args: Sequence[Any]) -> Any:
        conversation = self._conversation
        self._require(name)
        contract = conversation.answerer.contract
        is_class = name in contract.classes
        signature = contract.functions.get(name) or contract.classes.get(name, {}).get("__init__")
        return conversation.call(name, args, as_handle=is_class, signature=signature)

    def _require(self, name: str) -> None:
        """Fail when the learner's file doesn't define a name, with the nearest one it defines."""
        conversation = self._conversation
        conversation.load()
        if name not in conversation.names:
            raise Failed(missing_finding(name, conversation.names), cause="missing", kind="load")


def _like(arg: Any, grads: Mapping[int, Any]) -> Any:
    """Gradients in the shape of an argument."""
    if isinstance(arg, torch.Tensor):
        return grads.get(id(arg))
    if isinstance(arg, Record):
        return Record(arg.type_name, {k: _like(v, grads) for k, v in arg.fields.items()})
    if isinstance(arg, (list, tuple)):
        return type(arg)(_like(v, grads) for v in arg)
    return None
