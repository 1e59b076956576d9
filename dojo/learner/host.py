"""What a learner process holds: the subject's module, handles, and the values of one conversation.

Knows the wire, the traps and torch; knows nothing of checks, expected values or the judge.
"""

import dataclasses
import functools
import sys
import types
from collections.abc import Callable
from typing import Any

import numpy as np
import torch

from dojo.wire.codec import Decoder, Encoder
from dojo.wire.values import Node, Table, WireError

CallBack = Callable[[int, list[Any]], Any]


class AsHandle:
    """Marks a value that goes out as a handle even if the wire could carry it."""

    def __init__(self, value: object) -> None:
        self.value = value


class Host:
    """Converts between nodes and live objects of the learner process.

    Args:
        module: the module in which classes of arguments (records) are looked up.
        call_back: calls a function of the judge by its number.
    """

    def __init__(self, module: types.ModuleType, call_back: CallBack) -> None:
        self.module = module
        self.table = Table("l")
        self.handles: dict[int, Any] = {}
        self._handle_ids: dict[int, int] = {}
        self._call_back = call_back
        self._callbacks: dict[int, Callable[..., Any]] = {}
        self._decoder: Decoder | None = None

    def decoder(self, buffers: list[memoryview]) -> Decoder:
        """A decoder of one frame from the judge, which came with these buffers."""
        self._decoder = Decoder(buffers, self.table, self._decode_other, self._make_record)
        return self._decoder

    def forget_frame(self) -> None:
        """What came last may not be what the judge has of it now."""
        self._decoder = None

    def encoder(self) -> Encoder:
        """An encoder for one frame to the judge."""
        return Encoder(self.table, self._encode_other)

    def handle(self, value: object) -> Node:
        """A handle for an object that stays here."""
        number = self._handle_ids.get(id(value))
        if number is None:
            number = len(self.handles) + 1
            self.handles[number] = value
            self._handle_ids[id(value)] = number
        return {
            "k": "handle",
            "id": number,
            "type": type(value).__name__[:100],
            "callable": callable(value),
            "iterable": hasattr(type(value), "__iter__") or hasattr(type(value), "__getitem__"),
            "iterator": hasattr(type(value), "__next__"),
            "sized": hasattr(type(value), "__len__"),
        }

    def encode(self, encoder: Encoder, value: Any) -> Node:
        """The node of a value of the subject."""
        self._encoder = encoder
        return encoder.encode(value)

    def encode_known(self, encoder: Encoder, names: list[str]) -> list[Node]:
        """What the named objects are now, those that the frame doesn't hold yet."""
        objects = self.table.objects
        if self._decoder is not None:
            encoder.came = self._decoder.came
        return [self.encode(encoder, objects[n]) for n in names if n in objects]

    def _encode_other(self, value: Any) -> Node | None:
        """Records by field; what the wire can't carry, as a handle."""
        if isinstance(value, AsHandle):
            return self.handle(value.value)
        fields = _fields_of(value)
        if fields is not None:
            return self._encoder.record(value, type(value).__name__, fields)
        carried = (torch.Tensor, np.ndarray, torch.Generator, list, dict, set, frozenset)
        if isinstance(value, carried) and not _unsendable(value):
            return None
        return self.handle(value)

    def _decode_other(self, node: dict[str, Any]) -> Any:
        match node.get("k"):
            case "handle_ref":
                return self.handles[node["id"]]
            case "callback":
                return self._callback(int(node["id"]), str(node["name"]))
            case _:
                raise WireError("a node of an unknown kind")

    def _callback(self, number: int, name: str) -> Callable[..., Any]:
        if number not in self._callbacks:
            call_back = self._call_back

            def function(*args: Any) -> Any:
                return call_back(number, list(args))

            function.__name__ = function.__qualname__ = name
            self._callbacks[number] = function
        return self._callbacks[number]

    def _make_record(self, type_name: str, fields: dict[str, Any]) -> Any:
        cls = getattr(self.module, type_name, None)
        if not isinstance(cls, type):
            cls = dataclasses.make_dataclass(type_name, list(fields))
        return cls(**fields)


def load_module(name: str, source: bytes, filename: str) -> types.ModuleType:
    """Run a module's source under a name, the way an import would.

    Raises:
        BaseException: whatever the source raises.
    """
    module = types.ModuleType(name)
    module.__file__ = filename
    sys.modules[name] = module
    exec(_compiled(source, filename), module.__dict__)
    return module


@functools.lru_cache(maxsize=8)  # every check runs the same text anew
def _compiled(source: bytes, filename: str) -> types.CodeType:
    return compile(source, filename, "exec", dont_inherit=True)


def _fields_of(value: Any) -> dict[str, Any] | None:
    """The fields of a dataclass instance or named tuple, else None."""
    cls = type(value)
    names = getattr(cls, "__dataclass_fields__", None)
    if isinstance(names, dict):
        return {k: getattr(value, k, None) for k in names}
    if issubclass(cls, tuple) and isinstance(getattr(cls, "_fields", None), tuple):
        return dict(zip(cls._fields, tuple.__iter__(value), strict=False))
    return None


def _unsendable(value: Any) -> bool:
    return isinstance(value, torch.Tensor) and (
        value.device.type == "meta" or value.is_quantized or value.is_nested
    )
