"""A node read part by part says what the decoder makes of it."""

from typing import Any

import numpy as np
import pytest
import torch

from dojo.wire.codec import Decoder, Encoder
from dojo.wire.frames import parse
from dojo.wire.parts import MALFORMED, NOTHING, Numbers, Parts, read_parts
from dojo.wire.values import Record, Table


def read(value: Any) -> tuple[Parts, Any]:
    """The parts of a value's node, and what the decoder makes of it."""
    encoder = Encoder(Table("a"), lambda _: None)
    body, buffers = parse(encoder.frame({"value": encoder.encode(value)}))
    assert isinstance(body, dict)
    out: Parts = {}
    read_parts(body["value"], "x", buffers, out)
    decoder = Decoder(buffers, Table("b"), lambda _: None, widen=True)
    return out, decoder.decode(body["value"])


@pytest.mark.parametrize(
    ("name", "single", "family"),
    [
        ("float64", False, "float"),
        ("float32", True, "float"),
        ("bfloat16", True, "float"),
        ("int64", False, "int"),
        ("bool", False, "bool"),
        ("complex128", False, "complex"),
    ],
)
def test_numbers_are_those_of_the_decoded_tensor(name: str, single: bool, family: str) -> None:
    tensor = torch.tensor([[1, 0, 3], [0, 5, 6]]).to(getattr(torch, name)).T
    parts, decoded = read(tensor)
    assert isinstance(parts["x"], Numbers)
    assert np.array_equal(parts["x"].values, decoded.numpy())
    assert (parts["x"].single, parts["x dtype"], parts["x shape"]) == (single, family, (3, 2))


def test_what_a_tensor_records_is_a_part_of_its_own() -> None:
    leaf = torch.ones(2, dtype=torch.float64, requires_grad=True)
    leaf.grad = torch.full((2,), 7.0, dtype=torch.float64)
    parts, _ = read(leaf)
    assert parts["x requires_grad"] is parts["x leaf"] is True
    assert parts["x grad"].values.tolist() == [7.0, 7.0]
    assert read(torch.ones(2))[0]["x grad"] is None


def test_each_item_key_and_field_has_a_path() -> None:
    shared = [2, None]
    parts, _ = read(({"k": 1.5}, shared, shared, Record("P", {"w": float("inf")})))
    assert (parts["x kind"], parts["x length"]) == ("tuple", 4)
    assert (parts["x[0] key 0"], parts["x[0] item 0"]) == ("k", 1.5)
    assert (parts["x[1][0]"], parts["x[1][1]"]) == (2.0, NOTHING)
    assert parts["x[2] is"] == "made there"
    assert parts["x[3].w"] == float("inf")


def test_what_is_malformed_raises_what_is_expected() -> None:
    nodes: list[Any] = [
        {"k": "tensor", "dtype": "float65", "shape": [1], "buf": 0},
        {"k": "tensor", "dtype": "float64", "shape": [3], "buf": 0},
        {"k": "array", "dtype": "float64", "shape": [1], "buf": 9},
        {"k": "list", "items": 3},
    ]
    for node in nodes:
        with pytest.raises(MALFORMED):
            read_parts(node, "x", [memoryview(bytes(8))], {})
