"""The tensor wire: values as frames of a JSON header and raw buffers, without pickle.

Used on both sides of the wall and knows neither. How a node and its buffers become bytes stands
in dojo.wire.frames.

A *node* is None, a bool, an int, a finite float, a str, or an object with a key ``k`` that names
its kind. Mutable things (tensors, arrays, lists, dicts, records, generators) carry a name, so
that two names for one object stay one object; each side names what it made. A frame holds the
whole state of such a thing where it first occurs and references after that; a side that knows the
name already updates its own object in place. So a value that goes there and back is the same
object, changed as the other side changed it.

Whatever is decoded may come from hostile code: sizes, counts, depth and dtypes are bounded and
checked before anything is allocated, and the only error is WireError.
"""

import math
from collections.abc import Callable, Collection, Iterable
from typing import Any

import numpy as np
import torch

from dojo.wire.frames import MAX_NODES, pack
from dojo.wire.unchanged import SAME, Came, is_unchanged
from dojo.wire.values import (
    DTYPE_NAMES,
    DTYPES,
    MAX_INT_DIGITS,
    NARROW,
    Node,
    Record,
    Table,
    WireError,
    encode_plain,
    node_facts,
    node_items,
    node_name,
    node_shape,
    restore,
    short_text,
    strided,
    tensor_from,
    torch_function,
)

MAX_DEPTH = 40
# Keys that are not texts can be chosen so that all of them collide.
MAX_KEYS = 5_000

_MALFORMED = (LookupError, TypeError, ValueError, ArithmeticError, RuntimeError, AttributeError)
_MUTABLE = ("tensor", "array", "list", "dict", "set", "record", "generator")


class Encoder:
    """Turns values into nodes and collects their buffers.

    Args:
        table: the names of mutable objects.
        other: asked for whatever the wire can't carry itself; returns a node or None.
        cast: floating dtype that float64 tensors are sent as, if another is wanted.

    Attributes:
        sent: the tensors that it encoded, by name: their nodes and numbers.
        came: tensors that the other side has as they are here, if they are as they came.
    """

    def __init__(
        self,
        table: Table,
        other: Callable[[object], Node | None],
        cast: torch.dtype | None = None,
    ) -> None:
        self.table = table
        self.buffers: list[bytes] = []
        self.seen: dict[str, None] = {}
        self.sent: dict[str, tuple[dict[str, Any], bytes]] = {}
        self.came: Came = {}
        self._other = other
        self._cast = cast
        self._nodes = 0

    def encode(self, value: Any, depth: int = 0) -> Node:
        """The node of a value; of an object that this frame holds already, a reference to it."""
        self._nodes += 1
        if depth > MAX_DEPTH or self._nodes > MAX_NODES:
            raise WireError("the value is nested too deeply or has too many parts")
        plain, node = encode_plain(value)
        if plain:
            return node
        name = self.table.name_of(value)
        if name is not None and name in self.seen:
            return {"k": "ref", "id": name}
        if isinstance(value, tuple):
            return {
                "k": "tuple",
                "items": [self.encode(v, depth + 1) for v in tuple.__iter__(value)],
            }
        if isinstance(value, bytes):
            self.buffers.append(bytes(value))
            return {"k": "bytes", "buf": len(self.buffers) - 1}
        special = self._other(value)
        return special if special is not None else self._mutable(value, depth)

    def record(self, value: object, type_name: str, fields: dict[str, Any], depth: int = 0) -> Node:
        """The node of an object that travels by its fields."""
        name = self._name(value)
        nodes = {k: self.encode(v, depth + 1) for k, v in fields.items()}
        return {"k": "record", "id": name, "type": type_name[:200], "fields": nodes}

    def _mutable(self, value: Any, depth: int) -> Node:
        if isinstance(value, torch.Tensor):
            return self._tensor(value, depth)
        if isinstance(value, np.ndarray):
            return self._array(value)
        if isinstance(value, torch.Generator):
            name = self._name(value)
            return {"k": "generator", "id": name, "buf": self._buffer(value.get_state())}
        if isinstance(value, Record):
            return self.record(value, value.type_name, value.fields, depth)
        if isinstance(value, list):
            name = self._name(value)
            items = [self.encode(v, depth + 1) for v in list.__iter__(value)]
            return {"k": "list", "id": name, "items": items}
        if isinstance(value, dict):
            name = self._name(value)
            self._few_keys(dict.keys(value))
            pairs = [
                [self.encode(k, depth + 1), self.encode(v, depth + 1)] for k, v in dict.items(value)
            ]
            return {"k": "dict", "id": name, "items": pairs}
        if isinstance(value, (set, frozenset)):
            name = self._name(value)
            self._few_keys(value)
            frozen = isinstance(value, frozenset)
            members = frozenset.__iter__(value) if frozen else set.__iter__(value)
            items = [self.encode(v, depth + 1) for v in members]
            items.sort(key=repr)  # the order of a set is nobody's
            return {"k": "set", "id": name, "items": items, "frozen": frozen}
        raise WireError(f"a value of type {type(value).__name__} can't be sent")

    def _few_keys(self, keys: Iterable[object]) -> None:
        if sum(not isinstance(k, str) for k in keys) > MAX_KEYS:
            raise WireError("a dict or set has too many keys that are no texts")

    def frame(self, body: Node) -> bytes:
        """The bytes of a frame with this body and all buffers collected so far."""
        return pack(body, self.buffers)

    def _name(self, value: object) -> str:
        name = self.table.name_of(value) or self.table.add(value)
        self.seen[name] = None
        return name

    def _tensor(self, t: torch.Tensor, depth: int) -> Node:
        name = self._name(t)
        if type(t) is torch.Tensor:
            node, grad = self._of_tensor(t, name)
        else:
            # A subclass may lie about everything; below it lies plain data.
            with torch._C.DisableTorchFunctionSubclass(), torch.no_grad():
                node, grad = self._of_tensor(t, name)
        data = self.buffers[node["buf"]]
        node["grad"] = None if grad is None else self.encode(grad, depth + 1)
        if self.came and is_unchanged(node, data, self.came):
            self.buffers.pop()
            return {"k": SAME, "id": name}
        self.sent[name] = node, data
        return node

    def _of_tensor(self, t: torch.Tensor, name: str) -> tuple[dict[str, Any], torch.Tensor | None]:
        """The node of a tensor without its gradient, and that."""
        plain = t.detach()
        if plain.layout != torch.strided:
            plain = plain.to_dense()
        dtype = plain.dtype
        if dtype not in DTYPE_NAMES or plain.is_quantized or plain.device.type == "meta":
            raise WireError(f"a tensor of dtype {dtype} on {plain.device} can't be sent")
        node: dict[str, Any] = {
            "k": "tensor",
            "id": name,
            "shape": list(plain.shape),
            "requires_grad": bool(t.requires_grad),
            "leaf": bool(t.is_leaf),
            "parameter": type(t) is not torch.Tensor and isinstance(t, torch.nn.Parameter),
        }
        if not plain.is_contiguous():
            node["stride"] = list(plain.stride())
        if self._cast is not None and dtype == torch.float64:
            plain = plain.to(self._cast)
        node["dtype"] = DTYPE_NAMES[plain.dtype]
        node["buf"] = self._buffer(plain)
        return node, t.grad if node["leaf"] else None

    def _array(self, a: np.ndarray) -> Node:
        if a.dtype.kind not in "biufc":
            raise WireError(f"an array of dtype {a.dtype} can't be sent")
        name = self._name(a)
        base = np.asarray(a)
        if self._cast is torch.float32 and base.dtype == np.float64:
            base = base.astype(np.float32)
        data = np.ascontiguousarray(base).astype(base.dtype.newbyteorder("="), copy=False)
        self.buffers.append(data.tobytes())
        return {
            "k": "array",
            "id": name,
            "dtype": data.dtype.name,
            "shape": list(base.shape),
            "buf": len(self.buffers) - 1,
        }

    def _buffer(self, plain: torch.Tensor) -> int:
        if _is_plain(plain):
            self.buffers.append(plain.numpy().tobytes())
            return len(self.buffers) - 1
        dense = plain.cpu().resolve_conj().resolve_neg()
        whole = dense.clone(memory_format=torch.contiguous_format).reshape(-1)
        self.buffers.append(whole.view(torch.uint8).numpy().tobytes() if whole.numel() else b"")
        return len(self.buffers) - 1


def _is_plain(t: torch.Tensor) -> bool:
    """Whether numpy can read it as it lies: the quick way for almost all."""
    common = t.dtype in (torch.float64, torch.float32, torch.int64, torch.bool, torch.uint8)
    return common and t.device.type == "cpu" and not t.is_neg()


class Decoder:
    """Turns nodes back into values.

    Args:
        buffers: the frame's buffers.
        table: the names of mutable objects.
        other: makes the value of a node whose kind the wire doesn't know (a handle, a callback).
        record: makes a record's object from its type name and fields.
        widen: floating tensors arrive in float64; their facts remember the dtype.
        take: told how many bytes the numbers will need, before they are made; may raise WireError.
        same: names of tensors that are known to be here as their nodes say.

    Attributes:
        saw_single: numbers of dtype float32 were among them.
        came: the tensors that it made, by name: their nodes and numbers.
    """

    def __init__(
        self,
        buffers: list[memoryview],
        table: Table,
        other: Callable[[dict[str, Any]], Any],
        record: Callable[[str, dict[str, Any]], Any] = Record,
        widen: bool = False,
        take: Callable[[int], None] | None = None,
        same: Collection[str] = (),
    ) -> None:
        self.saw_single = False
        self.came: dict[str, tuple[dict[str, Any], memoryview]] = {}
        self._same = same
        self._take = take
        self._buffers = buffers
        self._table = table
        self._other = other
        self._record = record
        self._widen = widen
        self._nodes = 0
        self._keys = 0

    def decode(self, node: Node, depth: int = 0) -> Any:
        """The value of a node.

        Raises:
            WireError: the node is malformed or beyond the bounds.
        """
        self._nodes += 1
        if depth > MAX_DEPTH or self._nodes > MAX_NODES:
            raise WireError("nested too deeply or too many parts")
        if node is None or isinstance(node, (bool, int, float, str)):
            return node
        kind = node.get("k") if isinstance(node, dict) else None
        if kind == "ref":
            try:
                return self._table.objects[node["id"]]
            except (KeyError, TypeError):
                raise WireError("a reference to nothing") from None
        try:
            known = self._table.objects.get(node["id"]) if kind in _MUTABLE else None
            if known is None:
                return self._decode_kind(kind, node, depth)
            if node["id"] in self._same and isinstance(known, torch.Tensor):
                known.wire_facts = node_facts(node)  # type: ignore[attr-defined]
                return known
            new = f"{node['id']}'"
            value = self._decode_kind(kind, {**node, "id": new}, depth)
            if restore(known, value):
                if new in self.came:
                    self.came[node["id"]] = node, self.came.pop(new)[1]
                return known
            self._table.add(value, node["id"])
            return value
        except WireError:
            raise
        except _MALFORMED as error:
            raise WireError(f"malformed {str(kind)[:20]}: {type(error).__name__}") from None

    def _decode_kind(self, kind: object, node: dict[str, Any], depth: int) -> Any:
        match kind:
            case "float":
                return float({"nan": "nan", "inf": "inf", "-inf": "-inf"}[node["v"]])
            case "int":
                return int(short_text(node["v"], MAX_INT_DIGITS), 16)
            case "complex":
                real, imaginary = (self.decode(x, depth + 1) for x in node["v"])
                return complex(real, imaginary)
            case "bytes":
                return bytes(self._buffer(node["buf"]))
            case "tuple":
                return tuple(self.decode(x, depth + 1) for x in node_items(node))
            case "list":
                items: list[Any] = []
                self._table.add(items, node_name(node))
                items.extend(self.decode(x, depth + 1) for x in node_items(node))
                return items
            case "dict":
                mapping: dict[Any, Any] = {}
                self._table.add(mapping, node_name(node))
                for key, value in node_items(node):
                    self._keys += not isinstance(key, str)
                    if self._keys > MAX_KEYS:
                        raise WireError("too many keys that are no texts")
                    mapping[self.decode(key, depth + 1)] = self.decode(value, depth + 1)
                return mapping
            case "set":
                self._keys += sum(not isinstance(x, str) for x in node_items(node))
                if self._keys > MAX_KEYS:
                    raise WireError("too many keys that are no texts")
                members = {self.decode(x, depth + 1) for x in node_items(node)}
                made = frozenset(members) if node["frozen"] is True else members
                self._table.add(made, node_name(node))
                return made
            case "record":
                fields = {
                    short_text(k, 100): self.decode(v, depth + 1) for k, v in node["fields"].items()
                }
                made = self._record(short_text(node["type"], 200), fields)
                self._table.add(made, node_name(node))
                return made
            case "tensor":
                return self._tensor(node, depth)
            case "array":
                return self._array(node)
            case "generator":
                generator = torch.Generator()
                generator.set_state(tensor_from(self._buffer(node["buf"]), "uint8", None))
                self._table.add(generator, node_name(node))
                return generator
            case "dtype":
                return DTYPES[node["v"]]
            case "device":
                return torch.device(short_text(node["v"], 20))
            case "function":
                return torch_function(short_text(node["v"], 100))
            case _:
                return self._other(node)

    def _tensor(self, node: dict[str, Any], depth: int) -> torch.Tensor:
        name, data = node_name(node), self._buffer(node["buf"])
        self._make_room(node, data)
        value = tensor_from(data, node["dtype"], node_shape(node))
        if "stride" in node:
            value = strided(value, node["stride"])
        if self._widen and value.is_floating_point() and value.dtype != torch.float64:
            value = value.to(torch.float64)
        can_require = value.is_floating_point() or value.is_complex()
        wants = node["requires_grad"] is True and can_require
        if node["parameter"] is True and can_require:
            value = torch.nn.Parameter(value, requires_grad=wants)
        elif wants:
            value.requires_grad_(True)
        if self._widen:
            # Only where suites ask: on the far side an attribute of ours would be in the way of
            # whoever saves the tensor to a file.
            value.wire_facts = node_facts(node)  # type: ignore[attr-defined]
        self._table.add(value, name)
        self.came[name] = node, data
        grad = self.decode(node["grad"], depth + 1) if node["grad"] is not None else None
        if isinstance(grad, torch.Tensor) and grad.shape == value.shape and can_require:
            value.grad = grad.detach().to(value.dtype)
        return value

    def _array(self, node: dict[str, Any]) -> np.ndarray:
        dtype = np.dtype(short_text(node["dtype"], 20))
        if dtype.kind not in "biufc":
            raise WireError(f"an array of dtype {dtype}")
        data = self._buffer(node["buf"])
        self._make_room(node, data)
        shape = node_shape(node)
        if math.prod(shape) * dtype.itemsize != len(data):
            raise WireError("an array whose size is not its shape's")
        value = np.frombuffer(data, dtype=dtype).reshape(shape).copy()
        self._table.add(value, node_name(node))
        return value

    def _make_room(self, node: dict[str, Any], data: memoryview) -> None:
        self.saw_single = self.saw_single or node["dtype"] == "float32"
        narrow = self._widen and node["dtype"] in NARROW
        if self._take is None:
            return
        self._take((5 if narrow or "stride" in node else 1) * len(data))

    def _buffer(self, index: object) -> memoryview:
        if not isinstance(index, int) or not 0 <= index < len(self._buffers):
            raise WireError("a buffer that isn't there")
        return self._buffers[index]
