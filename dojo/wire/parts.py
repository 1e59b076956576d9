"""A node read part by part, without making its objects: each observable thing under a path.

Beside the decoder the only reader of nodes. What it reads may come from hostile code, and is not
checked as the decoder checks it: whatever is malformed raises one of `MALFORMED`.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
import torch

from dojo.wire.values import NARROW, tensor_from

MAX_PARTS = 20_000
# A None that stands somewhere, in contrast to nothing at all.
NOTHING = ("None",)
# What reading something malformed can raise; WireError is a ValueError.
MALFORMED = (
    LookupError,
    TypeError,
    ValueError,
    ArithmeticError,
    AttributeError,
    RuntimeError,
    MemoryError,
)
Parts = dict[str, Any]


@dataclass(frozen=True)
class Numbers:
    """The numbers of a tensor or array, and whether they are only known in single precision."""

    values: np.ndarray
    single: bool


def read_parts(node: Any, path: str, buffers: list[memoryview], out: Parts) -> None:
    """Put all parts of a node into ``out``, each under its path: values, shapes, lengths, flags.

    Numbers become `float` or `Numbers` (in float64 or complex128), None becomes `NOTHING`.
    """
    if len(out) > MAX_PARTS:
        return
    if node is None:
        out[path] = NOTHING
        return
    if not isinstance(node, dict):
        out[path] = float(node) if isinstance(node, (int, float)) and node is not True else node
        return
    match node.get("k"):
        case "tensor" | "array":
            _read_array(node, path, buffers, out)
        case "list" | "tuple" | "set":
            out[f"{path} kind"] = node["k"]
            out[f"{path} length"] = len(node["items"])
            for i, item in enumerate(node["items"]):
                read_parts(item, f"{path}[{i}]", buffers, out)
        case "dict":
            out[f"{path} length"] = len(node["items"])
            for i, (key, value) in enumerate(node["items"]):
                read_parts(key, f"{path} key {i}", buffers, out)
                read_parts(value, f"{path} item {i}", buffers, out)
        case "record":
            for key, value in node["fields"].items():
                read_parts(value, f"{path}.{key}", buffers, out)
        case "ref":
            name = str(node.get("id"))
            out[f"{path} is"] = name if name.startswith("j") else "made there"
        case "generator":
            out[path] = bytes(buffers[node["buf"]])
        case "float":
            out[path] = float(node["v"])
        case "handle":
            out[path] = ("handle", node.get("type"))
        case _:
            out[path] = str(node.get("v"))


def _read_array(node: dict[str, Any], path: str, buffers: list[memoryview], out: Parts) -> None:
    name: str = node["dtype"]
    out[f"{path} kind"] = node["k"]
    out[f"{path} shape"] = tuple(node["shape"])
    out[path] = Numbers(_wide(node, buffers).reshape(node["shape"]), name in NARROW)
    # Float32 and float64 are one kind: which of them is a matter of style.
    out[f"{path} dtype"] = name.rstrip("0123456789").replace("bfloat", "float")
    for flag in ("requires_grad", "leaf"):
        out[f"{path} {flag}"] = bool(node.get(flag))
    if node.get("grad") is not None:
        read_parts(node["grad"], f"{path} grad", buffers, out)
    else:
        out[f"{path} grad"] = None


def _wide(node: dict[str, Any], buffers: list[memoryview]) -> np.ndarray:
    name, data = node["dtype"], buffers[node["buf"]]
    if node["k"] == "array":
        flat = np.frombuffer(data, dtype=np.dtype(name))
        return flat.astype(np.complex128 if flat.dtype.kind == "c" else np.float64)
    flat = tensor_from(data, name, None)
    return flat.to(torch.complex128 if flat.is_complex() else torch.float64).numpy()
