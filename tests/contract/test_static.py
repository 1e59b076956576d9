"""What is read in a subject's text: signatures in any spelling, and forbidden calls."""

import pytest

from dojo.contract.read import Contract, read_contract
from dojo.contract.static import check_annotations, check_arity, check_forbidden, parse
from dojo.failure import Failed

STUB = """
from jaxtyping import Float
from torch import Tensor
def f(x: Float[Tensor, "n 1"], lr: float) -> tuple[Float[Tensor, "1"], list[float]]: ...
"""


def contract(text: str) -> Contract:
    return read_contract(parse(text.encode()).tree)


@pytest.mark.parametrize(
    "text",
    [
        STUB,
        'import torch, jaxtyping\ndef f(x: jaxtyping.Float[torch.Tensor, "n 1"], lr: float) -> '
        'tuple[jaxtyping.Float[torch.Tensor, "1"], list[float]]: ...',
        "def f(x: \"Float[Tensor, 'n 1']\", lr: 'float') -> "
        "\"tuple[Float[Tensor, '1'], list[float]]\": ...",
        "from jaxtyping import Float as F\nfrom typing import Tuple, List\n"
        'def f(x: F[Tensor, "rows 1"], lr: float) -> Tuple[F[Tensor, "1"], List[float]]: ...',
        'Vec = Float[Tensor, "1"]\nResult = tuple[Vec, list[float]]\n'
        'def f(x: Float[Tensor, "n 1"], lr: float, debug: bool = False) -> Result: ...',
        "def f(inputs: Tensor, lr: float) -> tuple[Tensor, list[float]]: ...",
        "def f(inputs: Tensor, lr: float, more=()) -> tuple[Tensor, list[float]]: ...",
        "def f(inputs: Tensor, lr: float) -> tuple[Tensor, list]: ...",
        "def f(inputs: Tensor, lr: float) -> tuple: ...",
    ],
)
def test_other_spellings_agree(text: str) -> None:
    check_annotations(contract(STUB), contract(text))
    check_arity(contract(STUB), contract(text))


@pytest.mark.parametrize(
    "text",
    [
        "def f(x, lr): ...",
        'def f(x: Float[Tensor, "n 1"], lr: float): ...',
        'def f(x: Float[Tensor, "n 1"], lr) -> tuple[Tensor, list[float]]: ...',
        'def f(x: Float[Tensor, "n 1"], lr=0.1) -> tuple[Tensor, list[float]]: ...',
        'def f(x: Float[Tensor, "n 1"], lr: float) -> Float[Tensor, "1"]: ...',
        'def f(x: Float[Tensor, "n 1"], lr: float) -> tuple[Float[Tensor, "2"], list[float]]: ...',
        'def f(x: Float[Tensor, "n"], lr: float) -> tuple[Tensor, list[float]]: ...',
        'def f(x: Float[Tensor, "n 1"], lr: int) -> tuple[Tensor, list[float]]: ...',
        'def f(x: Float[Tensor, "n 1"], lr: float) -> tuple[Tensor, list[int]]: ...',
        'def f(x: Float[Tensor, "n 1"], lr: float) -> Any: ...',
        "f = lambda x, lr: 1",
    ],
)
def test_gone_or_changed_annotations_fail(text: str) -> None:
    with pytest.raises(Failed):
        check_annotations(contract(STUB), contract(text))


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("def f(x, lr): ...", "The type annotations of `f` are gone."),
        (
            'def f(x: Float[Tensor, "n 1"], lr: float): ...',
            "the type annotation of the result (`-> ...` before the colon) is gone",
        ),
        ("def f(x: Tensor, lr) -> tuple: ...", "the type annotation of parameter `lr` is gone"),
        ("def f(x: Tensor, lr=0.1) -> tuple: ...", "of parameter `lr` is gone"),
        ("def f(x, lr) -> tuple: ...", "the type annotations of the parameters `x` and `lr` are"),
        ("def f(x: Tensor, lr): ...", "of parameter `lr` and the result"),
        ("def f(x: Tensor, lr: int) -> tuple: ...", "of parameter `lr` in `f` says something else"),
        ("f = lambda x, lr: 1", "is not defined by `def`"),
    ],
)
def test_what_is_gone_is_said(text: str, words: str) -> None:
    with pytest.raises(Failed) as caught:
        check_annotations(contract(STUB), contract(text))
    assert words in caught.value.finding.message


@pytest.mark.parametrize("text", ["def f(x): ...", "def f(x, lr, more): ...", "def f(): ..."])
def test_wrong_numbers_of_parameters_fail(text: str) -> None:
    with pytest.raises(Failed):
        check_arity(contract(STUB), contract(text))


def test_a_constructor_needs_no_result_annotation() -> None:
    stub = contract("class C:\n    def __init__(self, data: float) -> None: ...")
    check_annotations(stub, contract("class C:\n    def __init__(self, data: float, more=()): ..."))


def test_helpers_of_the_solution_are_not_asked_for() -> None:
    helped = contract(STUB + "def _half(x: float) -> float: ...\nclass C:\n    def _g(self): ...")
    check_annotations(helped, contract(STUB))
    check_arity(helped, contract(STUB + "def _half(x, y): ...\nclass C:\n    def _g(self, y): ..."))


@pytest.mark.parametrize("text", ["def f(*args): ...", "def f(x, lr, *, more=1): ..."])
def test_what_can_be_called_passes(text: str) -> None:
    check_arity(contract(STUB), contract(text))


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("loss.backward()", "autograd"),
        ("torch.autograd.grad(loss, w)", "autograd"),
        ("from torch.autograd import grad\ngrad(a, b)", "autograd"),
        ("import torch.autograd as ag\nag.grad(a, b)", "autograd"),
        ("from torch import autograd\nautograd.grad(a, b)", "autograd"),
        ("torch.func.grad(f)(x)", "autograd"),
        ("torch.optim.SGD([w], 0.1)", "optim"),
        ("from torch.optim import Adam as A\nA([w])", "optim"),
        ("class M(torch.nn.Module): ...", "nn"),
        ("from torch import nn\nnn.Linear(1, 2)", "nn"),
    ],
)
def test_forbidden_calls_are_seen(text: str, name: str) -> None:
    with pytest.raises(Failed) as caught:
        check_forbidden(parse(text.encode()), (name,))
    assert caught.value.finding.line is not None


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("# loss.backward() is not allowed", "autograd"),
        ("'torch.autograd.grad'", "autograd"),
        ("with torch.no_grad():\n    x.detach()", "autograd"),
        ("w.grad = None", "autograd"),
        ("def backward(g): ...\nbackward(1)", "autograd"),
        (
            "class Net:\n    def backward(self, g): ...\nNet().backward(1)\nnet.backward(2)",
            "autograd",
        ),
        ("class Node:\n    def backward(self): ...\nloss = Node()\nloss.backward()", "autograd"),
        ("def grad(x): ...\ngrad(1)\nself.grad(2)", "autograd"),
        ("def SGD(): ...\nSGD()", "optim"),
        ("torch.nn.functional.mse_loss(a, b)\nF.relu(x)", "nn"),
        ("class Linear: ...\nLinear()", "nn"),
        ("nn.Parameter(x)", "nn"),
    ],
)
def test_words_and_own_names_are_not(text: str, name: str) -> None:
    check_forbidden(parse(text.encode()), (name,))
