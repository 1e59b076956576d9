"""The tensor wire: what goes in comes out, and hostile bytes raise WireError and nothing else."""

import json
import math
import random
import struct
from typing import Any

import numpy as np
import pytest
import torch

from dojo.wire.codec import MAX_DEPTH, MAX_KEYS, Decoder, Encoder
from dojo.wire.frames import MAX_HEADER, pack, parse
from dojo.wire.values import DTYPES, Record, Table, WireError, facts_of


def there(value: Any, table: Table | None = None, **options: Any) -> Any:
    """A value as it arrives on the other side."""
    encoder = Encoder(Table("j"), lambda _: None)
    body, buffers = parse(encoder.frame(encoder.encode(value)))
    return Decoder(buffers, table or Table("l"), _refuse, **options).decode(body)


def _refuse(node: dict[str, Any]) -> Any:
    raise WireError(f"unknown {node}")


@pytest.mark.parametrize("name", list(DTYPES))
def test_tensors_of_every_dtype(name: str) -> None:
    tensor = torch.tensor([[0, 1, 1], [1, 0, 1]]).to(DTYPES[name])
    got = there(tensor)
    assert got.dtype == tensor.dtype
    assert torch.equal(got, tensor)


@pytest.mark.parametrize("shape", [(), (0,), (0, 3), (1, 1), (2, 3, 4)])
def test_tensors_of_every_shape(shape: tuple[int, ...]) -> None:
    tensor = torch.randn(shape)
    got = there(tensor)
    assert got.shape == tensor.shape
    assert torch.equal(got, tensor)


def test_a_transposed_tensor_keeps_its_values_and_layout() -> None:
    tensor = torch.arange(6.0).reshape(2, 3).t()
    got = there(tensor)
    assert torch.equal(got, tensor)
    assert got.stride() == tensor.stride()


def test_a_parameter_with_its_gradient() -> None:
    weight = torch.nn.Parameter(torch.tensor([1.0, 2.0]))
    weight.grad = torch.tensor([3.0, 4.0])
    got = there(weight)
    assert isinstance(got, torch.nn.Parameter)
    assert got.grad is not None
    assert got.grad.tolist() == [3.0, 4.0]


def test_a_result_that_is_no_leaf_says_so() -> None:
    leaf = torch.ones(2, requires_grad=True)
    facts = facts_of(there(leaf * 2, widen=True))
    assert facts is not None
    assert (facts.requires_grad, facts.is_leaf) == (True, False)


def test_what_the_subject_gets_carries_nothing_of_ours() -> None:
    assert vars(there(torch.ones(2))) == {}


def test_dicts_with_many_keys_that_are_no_texts_are_refused_on_both_sides() -> None:
    many = {n: n for n in range(MAX_KEYS + 1)}
    with pytest.raises(WireError):
        there(many)
    node = {"k": "dict", "id": "l1", "items": [[n, n] for n in many]}
    with pytest.raises(WireError):
        Decoder([], Table("j"), _refuse).decode(node)
    assert there({str(n): n for n in many}) == {str(n): n for n in many}


def test_a_header_beyond_its_bound_is_refused_on_both_sides() -> None:
    with pytest.raises(WireError):
        pack("x" * MAX_HEADER, [])
    text = b'{"buffers":[],"body":[' + b"[]," * (MAX_HEADER // 3) + b"[]]}"
    with pytest.raises(WireError):
        parse(struct.pack(">I", len(text)) + text)


def test_two_names_for_one_tensor_stay_one_tensor() -> None:
    tensor = torch.ones(2)
    a, b, pair = there([tensor, tensor, {"again": tensor}])
    assert a is b is pair["again"]


def test_a_list_that_holds_itself() -> None:
    items: list[Any] = [1]
    items.append(items)
    got = there(items)
    assert got[1] is got


@pytest.mark.parametrize(
    "value",
    [
        None,
        True,
        False,
        0,
        -7,
        2**80,
        0.1,
        -0.0,
        5e-324,
        "é ✓ \n",
        b"\x00\xff",
        (1, (2.5, None)),
        [],
        {},
        {"a": [1, (2,)], 3: "b"},
        1 + 2j,
        torch.float32,
        torch.device("cpu"),
    ],
)
def test_plain_values(value: Any) -> None:
    got = there(value)
    assert got == value
    assert type(got) is type(value)


@pytest.mark.parametrize("value", [math.inf, -math.inf])
def test_infinities(value: float) -> None:
    assert there(value) == value


def test_nan() -> None:
    assert math.isnan(there(math.nan))


def test_functions_of_torch_travel_by_name() -> None:
    functions = (torch.relu, torch.nn.functional.mse_loss, torch.tanh)
    assert there(functions) == functions


def test_arrays_and_their_scalars() -> None:
    array = np.arange(6, dtype=np.int32).reshape(2, 3)
    got, number, truth = there([array, np.float32(0.5), np.bool_(True)])
    assert np.array_equal(got, array)
    assert got.dtype == array.dtype
    assert number == 0.5
    assert truth is True


def test_a_record_travels_by_its_fields() -> None:
    got = there(Record("Pair", {"a": torch.ones(1), "b": 2}))
    assert got.type_name == "Pair"
    assert got.b == 2


def test_a_generator_travels_by_its_state() -> None:
    gen = torch.Generator().manual_seed(5)
    got = there(gen)
    assert torch.equal(torch.rand(3, generator=gen), torch.rand(3, generator=got))


def test_subclasses_are_reduced_to_the_plain_value() -> None:
    class Liar(float):
        def __repr__(self) -> str:
            return "0.0"

        def __float__(self) -> float:
            return 0.0

        def __eq__(self, other: object) -> bool:
            return True

        __hash__ = float.__hash__

    class Everything(torch.Tensor):
        @classmethod
        def __torch_function__(cls, *args: Any, **kwargs: Any) -> Any:
            return torch.zeros(3)

    liar, tensor = there([Liar(2.5), torch.ones(3).as_subclass(Everything)])
    assert type(liar) is float
    assert liar == 2.5
    assert type(tensor) is torch.Tensor
    assert tensor.tolist() == [1.0, 1.0, 1.0]


def test_a_known_object_is_updated_in_place() -> None:
    ours, theirs = Table("j"), Table("l")
    tensor, items = torch.zeros(2), [1]
    first: Any = None
    for step in (1, 2):
        tensor += 1
        items.append(step)
        encoder = Encoder(ours, lambda _: None)
        body, buffers = parse(encoder.frame(encoder.encode((tensor, items))))
        got = Decoder(buffers, theirs, _refuse).decode(body)
        if step == 1:
            first = got
    assert got[0] is first[0]
    assert got[1] is first[1]
    assert first[0].tolist() == [2.0, 2.0]
    assert first[1] == [1, 1, 2]


def test_an_object_that_travels_again_and_again_lends_its_name_to_no_other() -> None:
    judge, learner = Table("j"), Table("l")
    often = torch.randn(3)

    def send(values: list[torch.Tensor], here: Table, beyond: Table) -> list[torch.Tensor]:
        encoder = Encoder(here, lambda _: None)
        nodes = [encoder.encode(v) for v in values]
        body, buffers = parse(encoder.frame(nodes))
        decoder = Decoder(buffers, beyond, _refuse)
        return [decoder.decode(node) for node in body]

    for _ in range(300):
        sent = [often, torch.randn(3), torch.randn(3)]
        values = [v.tolist() for v in sent]
        got = send(sent, judge, learner)
        assert [v.tolist() for v in got] == values
        send(got, learner, judge)


def test_floating_tensors_can_be_widened_and_keep_their_dtype_as_a_fact() -> None:
    got = there(torch.ones(2, dtype=torch.float32), widen=True)
    facts = facts_of(got)
    assert got.dtype == torch.float64
    assert facts is not None
    assert facts.dtype == "float32"


def test_values_nested_too_deeply_are_refused_when_sent() -> None:
    value: list[Any] = []
    for _ in range(MAX_DEPTH + 5):
        value = [value]
    with pytest.raises(WireError):
        there(value)


def _frame(body: Any, buffers: tuple[bytes, ...] = ()) -> bytes:
    text = json.dumps({"buffers": [len(b) for b in buffers], "body": body}).encode()
    return struct.pack(">I", len(text)) + text + b"".join(buffers)


_TENSOR = {
    "k": "tensor",
    "id": "l1",
    "shape": [2],
    "dtype": "float64",
    "buf": 0,
    "requires_grad": False,
    "leaf": True,
    "parameter": False,
    "grad": None,
}


@pytest.mark.parametrize(
    "changed",
    [
        {"shape": [3]},
        {"shape": [-2]},
        {"shape": [2**62, 2**62]},
        {"shape": [1] * 50},
        {"shape": "two"},
        {"shape": None},
        {"dtype": "object"},
        {"dtype": ["float64"]},
        {"dtype": None},
        {"buf": 7},
        {"buf": -1},
        {"buf": "0"},
        {"id": 5},
        {"id": "x" * 1000},
        {"k": "pickle"},
        {"k": None},
        {"k": ["tensor"]},
        {"grad": {"k": "ref", "id": "nobody"}},
        {"stride": [10**12]},
        {"stride": "x", "shape": [5]},
    ],
)
def test_a_forged_tensor_raises_wire_error_or_is_harmless(changed: dict[str, Any]) -> None:
    body, buffers = parse(_frame({**_TENSOR, **changed}, (bytes(16),)))
    try:
        got = Decoder(buffers, Table("l"), _refuse).decode(body)
    except WireError:
        return
    assert got.tolist() == [0.0, 0.0]


@pytest.mark.parametrize(
    "node",
    [
        {"k": "float", "v": "1e999"},
        {"k": "float", "v": 3},
        {"k": "int", "v": "f" * 10**5},
        {"k": "int", "v": "zz"},
        {"k": "function", "v": "os.system"},
        {"k": "function", "v": "torch.os"},
        {"k": "function", "v": "torch._C"},
        {"k": "function", "v": "torch.nn.functional.__builtins__"},
        {"k": "record", "id": "l1", "type": 5, "fields": {}},
        {"k": "record", "id": "l1", "type": "A", "fields": []},
        {"k": "list", "id": "l1", "items": 5},
        {"k": "dict", "id": "l1", "items": [[1]]},
        {"k": "dict", "id": "l1", "items": [[[], 1]]},
        {"k": "array", "id": "l1", "dtype": "O", "shape": [0], "buf": 0},
        {"k": "generator", "id": "l1", "buf": 0},
        {"k": "device", "v": "moon"},
        {"k": "dtype", "v": "float1"},
        {"k": "handle", "id": 5},
        {"k": {}},
        [1, 2],
    ],
)
def test_forged_nodes_raise_wire_error(node: Any) -> None:
    body, buffers = parse(_frame(node, (b"",)))
    with pytest.raises(WireError):
        Decoder(buffers, Table("l"), _refuse).decode(body)


@pytest.mark.parametrize(
    "frame",
    [
        b"",
        b"\x00",
        b"\xff\xff\xff\xff",
        struct.pack(">I", 10) + b"{}",
        struct.pack(">I", 2) + b"{}",
        struct.pack(">I", 4) + b"null",
        struct.pack(">I", 3) + b"NaN",
        struct.pack(">I", 200_000) + b"[" * 200_000,
        _frame(None) + b"more",
        struct.pack(">I", 30) + b'{"buffers":[-1],"body":null}  ',
        struct.pack(">I", 32) + b'{"buffers":[true],"body":null}  ',
        struct.pack(">I", 30) + b'{"buffers":"ab","body":null}  ',
        struct.pack(">I", 27) + b'{"buffers":[],"body":1e400}',
    ],
)
def test_forged_frames_raise_wire_error_or_hold_nothing(frame: bytes) -> None:
    try:
        _, buffers = parse(frame)
    except WireError:
        return
    assert buffers == []


def test_ten_thousand_damaged_frames_raise_nothing_but_wire_error() -> None:
    encoder = Encoder(Table("j"), lambda _: None)
    value = [torch.randn(2, 3), {"a": (1, 2.5, "x")}, np.ones(2), Record("P", {"w": torch.ones(1)})]
    frame = encoder.frame(encoder.encode(value))
    source = random.Random(1)
    refused = 0
    for _ in range(10_000):
        damaged = bytearray(frame)
        for _ in range(source.randint(1, 4)):
            damaged[source.randrange(len(damaged))] = source.randrange(256)
        try:
            body, buffers = parse(bytes(damaged))
            Decoder(buffers, Table("l"), _refuse).decode(body)
        except WireError:
            refused += 1
    assert refused > 1_000
