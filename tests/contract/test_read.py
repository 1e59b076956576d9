"""Contracts: annotations as people write them, and answers that keep or break them."""

import ast
from typing import Any

import pytest
import torch

from dojo.contract.check import Broken, bind, check
from dojo.contract.read import Contract, Items, Scalar, read_contract
from dojo.wire.values import Record

STUB = """
from jaxtyping import Float, Int
from torch import Tensor

@dataclass(frozen=True)
class Fit:
    w: Float[Tensor, "d"]
    losses: list[float]

def one(x: Float[Tensor, "n d"], y: Float[Tensor, "n"]) -> Float[Tensor, "d"]: ...
def two(x: Float[Tensor, "n d"]) -> tuple[Float[Tensor, "d"], Int[Tensor, "n"]]: ...
def fit(x: Float[Tensor, "n d"]) -> Fit: ...
def word(n: int) -> Literal["a", "b"]: ...
def grid(i: int, j: int) -> Float[Tensor, "i j+1"]: ...
def same(x: Float[Tensor, "*s"]) -> Float[Tensor, "*s"]: ...
def mean(x: Float[Tensor, "n"]) -> float: ...
def scalar(x: Float[Tensor, "n"]) -> Float[Tensor, ""]: ...
def maybe(x: int) -> int | None: ...
def nothing(x: int) -> None: ...
"""
CONTRACT: Contract = read_contract(ast.parse(STUB))
X, Y = torch.zeros(4, 3), torch.zeros(4)
GOOD: list[tuple[str, tuple[Any, ...], Any]] = [
    ("one", (X, Y), torch.zeros(3)),
    ("two", (X,), (torch.zeros(3), torch.zeros(4, dtype=torch.int32))),
    ("two", (X,), [torch.zeros(3), torch.zeros(4, dtype=torch.int64)]),
    ("fit", (X,), Record("Fit", {"w": torch.zeros(3), "losses": [1.0, 2]})),
    ("word", (1,), "b"),
    ("grid", (2, 3), torch.zeros(2, 4)),
    ("same", (torch.zeros(2, 5, 1),), torch.zeros(2, 5, 1)),
    ("mean", (Y,), 3),
    ("scalar", (Y,), torch.tensor(1.0)),
    ("maybe", (1,), None),
    ("maybe", (1,), 4),
    ("nothing", (1,), None),
]
BAD: list[tuple[str, tuple[Any, ...], Any, str]] = [
    ("one", (X, Y), torch.zeros(3, 1), "shape (3, 1)"),
    ("one", (X, Y), torch.zeros(4), "`d` is (3,) here"),
    ("one", (X, Y), torch.zeros(3).int(), "int32"),
    ("one", (X, Y), 1.0, "float 1.0"),
    ("one", (X, Y), None, "None"),
    ("two", (X,), torch.zeros(3), "2 values"),
    ("two", (X,), (torch.zeros(3),), "1 item"),
    ("two", (X,), (torch.zeros(3), torch.zeros(4)), "the second value"),
    ("fit", (X,), torch.zeros(3), "a Fit"),
    ("fit", (X,), Record("Fit", {"w": torch.zeros(3)}), "`losses`"),
    ("fit", (X,), Record("Fit", {"w": torch.zeros(2), "losses": []}), "`w`"),
    ("fit", (X,), Record("Fit", {"w": torch.zeros(3), "losses": [torch.ones(())]}), "item 0"),
    ("word", (1,), "c", "one of 'a', 'b'"),
    ("word", (1,), 1, "str"),
    ("grid", (2, 3), torch.zeros(4, 2), "(2, 4)"),
    ("same", (torch.zeros(2, 5),), torch.zeros(5, 2), "(2, 5)"),
    ("mean", (Y,), torch.tensor(1.0), "float"),
    ("mean", (Y,), True, "float"),
    ("scalar", (Y,), torch.zeros(1), "one number"),
    ("maybe", (1,), "x", "int"),
    ("nothing", (1,), 0, "None"),
]


@pytest.mark.parametrize(("name", "args", "value"), GOOD)
def test_kept(name: str, args: tuple[Any, ...], value: Any) -> None:
    signature = CONTRACT.functions[name]
    sizes = bind(signature, args, CONTRACT)
    check(signature.returns, value, sizes, CONTRACT)
    assert set(sizes) or not args


@pytest.mark.parametrize(("name", "args", "value", "words"), BAD)
def test_broken(name: str, args: tuple[Any, ...], value: Any, words: str) -> None:
    signature = CONTRACT.functions[name]
    with pytest.raises(Broken) as caught:
        check(signature.returns, value, bind(signature, args, CONTRACT), CONTRACT)
    assert words in str(caught.value)


def test_a_name_met_twice_must_have_one_size() -> None:
    tree = ast.parse('def f(n: int) -> tuple[Float[Tensor, "k"], Float[Tensor, "k"]]: ...')
    contract = read_contract(tree)
    returns = contract.functions["f"].returns
    check(returns, (torch.zeros(2), torch.zeros(2)), {}, contract)
    with pytest.raises(Broken):
        check(returns, (torch.zeros(2), torch.zeros(3)), {}, contract)


def test_methods_leave_out_self() -> None:
    tree = ast.parse("class A:\n def f(self, x: int) -> int: ...\n")
    method = read_contract(tree).classes["A"]["f"]
    assert [p[0] for p in method.parameters] == ["x"]
    assert method.returns == Scalar("int")


def test_aliases_that_double_are_read_at_once() -> None:
    lines = ["A0 = int | str", *(f"A{i} = tuple[A{i - 1}, A{i - 1}]" for i in range(1, 60))]
    tree = ast.parse("\n".join([*lines, "B = list[B]", "def f(x: A59) -> B: ..."]))
    returns = read_contract(tree).functions["f"].returns
    assert isinstance(returns, Items)
