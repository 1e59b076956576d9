"""Values that travel on the wire: records, facts about tensors, plain values, functions by name.

No frames here: see dojo.wire.codec. Imports nothing of the engine.
"""

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import torch

Node = Any

MAX_DIMS = 16
MAX_INT_DIGITS = 3500  # hexadecimal; Python itself prints no number much longer than that

DTYPES: dict[str, torch.dtype] = {
    str(d).removeprefix("torch."): d
    for d in (
        torch.float64,
        torch.float32,
        torch.float16,
        torch.bfloat16,
        torch.int64,
        torch.int32,
        torch.int16,
        torch.int8,
        torch.uint8,
        torch.bool,
        torch.complex64,
        torch.complex128,
    )
}
DTYPE_NAMES = {d: name for name, d in DTYPES.items()}
# Floating dtypes with fewer digits than float64.
NARROW = ("float32", "float16", "bfloat16")
_FUNCTION_MODULES: tuple[tuple[str, Any], ...] = (
    ("torch", torch),
    ("torch.nn.functional", torch.nn.functional),
    ("torch.Tensor", torch.Tensor),
)


class WireError(ValueError):
    """A frame that breaks the format or its bounds."""


@dataclass
class Record:
    """A dataclass or named tuple on the wire: a type name and its fields.

    Fields read and write as attributes. Equality is identity: compare the fields.
    """

    type_name: str
    fields: dict[str, Any] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        try:
            return self.__dict__["fields"][name]
        except KeyError:
            raise AttributeError(f"{self.__dict__.get('type_name')} has no field {name}") from None

    def __setattr__(self, name: str, value: Any) -> None:
        if name in ("type_name", "fields"):
            object.__setattr__(self, name, value)
        else:
            self.fields[name] = value

    __eq__ = object.__eq__
    __hash__ = object.__hash__


@dataclass(frozen=True)
class TensorFacts:
    """What a tensor was on the far side, beyond its values.

    Attributes:
        dtype: the name of its dtype there (values arrive here in float64 if they are floating).
        requires_grad: as there.
        is_leaf: as there.
        parameter: it was a torch.nn.Parameter.
    """

    dtype: str
    requires_grad: bool
    is_leaf: bool
    parameter: bool


def facts_of(tensor: torch.Tensor) -> TensorFacts | None:
    """The facts that came with a tensor over the wire; None for one made here."""
    return getattr(tensor, "wire_facts", None)


def restore(target: Any, value: Any) -> bool:
    """Make ``target`` what ``value`` is, in place; False if it can't be (another kind of thing)."""
    if isinstance(target, torch.Tensor) and isinstance(value, torch.Tensor):
        return _restore_tensor(target, value)
    if isinstance(target, np.ndarray) and isinstance(value, np.ndarray):
        if target.shape != value.shape or target.dtype != value.dtype:
            return False
        target[...] = value
    elif isinstance(target, torch.Generator) and isinstance(value, torch.Generator):
        target.set_state(value.get_state())
    elif isinstance(target, list) and isinstance(value, list):
        target[:] = value
    elif (isinstance(target, set) and isinstance(value, set)) or (
        isinstance(target, dict) and isinstance(value, dict)
    ):
        target.clear()
        target.update(value)
    elif isinstance(target, Record) and isinstance(value, Record):
        target.fields = value.fields
    elif type(target) is type(value) and hasattr(target, "__dataclass_fields__"):
        for key in target.__dataclass_fields__:
            if getattr(target, key, None) is not getattr(value, key, None):
                object.__setattr__(target, key, getattr(value, key))
    else:
        return False
    return True


def _restore_tensor(target: torch.Tensor, value: torch.Tensor) -> bool:
    plain = value.detach()
    if target.dtype != plain.dtype and not (
        target.is_floating_point() and plain.is_floating_point()
    ):
        return False
    if target.dtype != plain.dtype:
        plain = plain.to(target.dtype)
    with torch.no_grad():
        if target.shape != plain.shape:
            target.data = plain.clone()
        elif not torch.equal(target.detach(), plain):
            target.copy_(plain)
    if target.is_leaf and (target.is_floating_point() or target.is_complex()):
        if target.requires_grad != value.requires_grad:
            target.requires_grad_(value.requires_grad)
        grad = None if value.grad is None else value.grad.to(target.dtype)
        if grad is None:
            target.grad = None
        elif target.grad is None or not torch.equal(target.grad, grad):
            target.grad = grad
    facts = facts_of(value)
    if facts is not None:
        target.wire_facts = facts  # type: ignore[attr-defined]
    return True


_CONTAINERS = frozenset((torch.Tensor, torch.nn.Parameter, np.ndarray, list, tuple, dict))


def encode_plain(value: Any) -> tuple[bool, Node]:
    """Whether a value is immutable and plain, and its node.

    Subclasses of the builtin types are reduced to the builtin value by the builtin's own
    methods: what a subclass says of itself doesn't count.
    """
    kind = type(value)
    if kind in _CONTAINERS:  # most values; asking on costs more than all the rest
        return False, None
    if value is None or kind is bool:
        return True, value
    if isinstance(value, np.bool_):
        return True, bool(value)
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, int):
        number = int.__pos__(value)
        if abs(number) < 2**53:
            return True, number
        if number.bit_length() > 4 * (MAX_INT_DIGITS - 3):
            raise WireError("a whole number of thousands of digits can't be sent")
        return True, {"k": "int", "v": hex(number)}
    if isinstance(value, float):
        real = float.__pos__(value)
        return True, real if math.isfinite(real) else {"k": "float", "v": repr(real)}
    if isinstance(value, str):
        text = str.__str__(value)
        return True, text.encode("utf-8", "replace").decode()
    if isinstance(value, complex):
        parts = [encode_plain(x)[1] for x in (value.real, value.imag)]
        return True, {"k": "complex", "v": parts}
    if isinstance(value, torch.dtype):
        name = DTYPE_NAMES.get(value)
        return name is not None, {"k": "dtype", "v": name}
    if isinstance(value, torch.device):
        return True, {"k": "device", "v": str(value)}
    if callable(value):
        name = _torch_name(value)
        return name is not None, {"k": "function", "v": name}
    return False, None


def _torch_name(value: Any) -> str | None:
    name = getattr(value, "__name__", None)
    if not isinstance(name, str) or name.startswith("_"):
        return None
    for prefix, module in _FUNCTION_MODULES:
        if getattr(module, name, None) is value:
            return f"{prefix}.{name}"
    return None


def torch_function(name: str) -> Any:
    """torch's function of this name, such as ``torch.tanh`` or ``nn.functional.relu``.

    Raises:
        WireError: torch has no such function, or it is a private one.
    """
    prefix, _, last = name.rpartition(".")
    module = dict(_FUNCTION_MODULES).get(prefix)
    value = getattr(module, last, None) if not last.startswith("_") else None
    if value is None or not callable(value):
        raise WireError("a function that torch doesn't have")
    return value


class Table:
    """The mutable objects that both sides know by the same names during one conversation."""

    def __init__(self, prefix: str) -> None:
        self.prefix = prefix
        self.objects: dict[str, Any] = {}
        self._names: dict[int, str] = {}
        self._count = 0

    def name_of(self, value: object) -> str | None:
        """The name of an object, or None if it has none yet."""
        return self._names.get(id(value))

    def add(self, value: object, name: str | None = None) -> str:
        """Name an object and keep it alive, so that its id stays its own."""
        if name is None:
            self._count += 1
            name = f"{self.prefix}{self._count}"
        former = self.objects.get(name)
        if former is not None and self._names.get(id(former)) == name:
            del self._names[id(former)]  # it may be freed now, and its id be another's
        self.objects[name] = value
        self._names[id(value)] = name
        return name


def tensor_from(data: memoryview, dtype_name: object, shape: list[int] | None) -> torch.Tensor:
    """A tensor of its own memory from raw numbers.

    Args:
        data: the numbers, row by row.
        dtype_name: such as ``float64``; anything, for it comes from the other side.
        shape: the tensor's; None: one axis, as long as there are numbers.

    Raises:
        WireError: the dtype is unknown, or the shape doesn't hold as many numbers.
    """
    dtype = DTYPES.get(dtype_name) if isinstance(dtype_name, str) else None
    if dtype is None:
        raise WireError("a tensor of an unknown dtype")
    count = len(data) // dtype.itemsize
    dims = [count] if shape is None else shape
    if math.prod(dims) * dtype.itemsize != len(data):
        raise WireError("a tensor whose size is not its shape's")
    if not len(data):
        return torch.empty(dims, dtype=dtype)
    if dtype == torch.bool:
        raw = torch.frombuffer(bytearray(data), dtype=torch.uint8)
        return (raw != 0).reshape(dims)
    flat = torch.frombuffer(bytearray(data), dtype=dtype)
    return flat if len(dims) == 1 else flat.reshape(dims)


def strided(value: torch.Tensor, stride: object) -> torch.Tensor:
    """The same values laid out in memory as they were, where that is possible and small."""
    if not (isinstance(stride, list) and all(isinstance(s, int) and s > 0 for s in stride)):
        return value
    reach = sum((n - 1) * s for n, s in zip(value.shape, stride, strict=True)) + 1
    if value.numel() == 0 or reach > 4 * value.numel() + 64:
        return value
    out = torch.empty_strided(list(value.shape), stride, dtype=value.dtype)
    return out.copy_(value)


def short_text(value: object, limit: int) -> str:
    """The value, if it is a text of at most so many characters.

    Raises:
        WireError: it is something else.
    """
    if not isinstance(value, str) or len(value) > limit:
        raise WireError("no short text where one belongs")
    return value


def node_facts(node: dict[str, Any]) -> TensorFacts:
    """What a tensor's node says of it beside its values."""
    return TensorFacts(
        dtype=node["dtype"],
        requires_grad=node["requires_grad"] is True,
        is_leaf=node["leaf"] is True,
        parameter=node["parameter"] is True,
    )


def node_shape(node: dict[str, Any]) -> list[int]:
    """The shape that a node states."""
    shape = node["shape"]
    if (
        not isinstance(shape, list)
        or len(shape) > MAX_DIMS
        or not all(isinstance(n, int) and 0 <= n <= 2**40 for n in shape)
    ):
        raise WireError("an impossible shape")
    return shape


def node_items(node: dict[str, Any]) -> list[Any]:
    """The items of a container's node."""
    items = node["items"]
    if not isinstance(items, list):
        raise WireError("no list of items")
    return items


def node_name(node: dict[str, Any]) -> str:
    """The name of a mutable object's node."""
    return short_text(node["id"], 40)
