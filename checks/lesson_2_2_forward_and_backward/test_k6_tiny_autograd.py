"""2.2.6: the engine's numbers and derivatives, against closed forms and torch's autograd.

Expressions are formulas, worked out by the probe with the answer's Values and here with torch's
tensors; making random ones is a third of this file. Right engines differ from torch by less than
1e-14 (norm-wise, 20,000 random expressions); numbers stay below 20 in size and away from ReLU's
kink. Small expressions come first: what they show needs no guessing.
"""

import math
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import torch
from torch import Tensor

from dojo.suite.vocabulary import Gen, Learner, close, gradients, require, values

# The numbers of x, y and z, and the formulas; their results are called a, b, c, ...
Case = tuple[tuple[float, ...], tuple[str, ...]]
NUMBERS, RESULTS = "xyz", "abcdefghijkl"

# What is called x and y in each. Behind "for" stands what the number is.
OPERATIONS = {
    "x + y": [1.5, -0.7],
    "x * y": [1.5, -0.7],
    "x + 2": [1.5],
    "x * 2.5": [1.5],
    "x ** 3": [-1.5],
    "x ** 0.5": [1.7],
    "x ** -1": [-1.3],
    "x.relu() for a positive x": [1.4],
    "x.relu() for a negative x": [-1.4],
    "x.tanh()": [0.8],
    "x.exp()": [0.6],
}
ON_THE_LEFT = {"2.5 + x": [1.5], "2 * x": [1.5]}
# Of a, which is x ** 2. Together they tell in which order an answer walks.
MEETING = {
    "a.tanh() * a.tanh()": ("a.tanh()", "a.tanh()", "b * c"),
    "a * a": ("a * a",),
    "a.tanh() * (a + 3)": ("a.tanh()", "a + 3.0", "b * c"),
    "a * a.tanh().exp()": ("a.tanh()", "b.exp()", "a * c"),
    "a.tanh().exp() * a": ("a.tanh()", "b.exp()", "c * a"),
}


@values
def test_new(learner: Learner) -> None:
    """a new Value has its number, and grad 0"""
    value = learner.Value(2.5)
    close(value.get("data"), 2.5, "data of Value(2.5)")
    close(value.get("grad"), 0.0, "grad of Value(2.5)")


@values
def test_operations(learner: Learner, gen: Gen) -> None:
    """each operation alone: a new Value with the right number"""
    for name in OPERATIONS:
        _judge(learner, [_operation(gen, name)], [name], backwards=0)


@values
def test_number_on_the_left(learner: Learner, gen: Gen) -> None:
    """2.5 + x and 2 * x, a number on the left"""
    for name in ON_THE_LEFT:
        _judge(learner, [_operation(gen, name)], [name], backwards=0)


@gradients
def test_slopes(learner: Learner, gen: Gen) -> None:
    """the derivative of each operation alone"""
    for name in (*OPERATIONS, *ON_THE_LEFT):
        _judge(learner, [_operation(gen, name)], [f"{name} after backward()"])


@gradients
def test_chain_rule(learner: Learner, gen: Gen) -> None:
    """operations in a row: slopes multiply"""
    for name in (*OPERATIONS, *ON_THE_LEFT):
        numbers, formulas = _operation(gen, name)
        _judge(learner, [(numbers, (*formulas, "a * 3.0"))], [f"({name}) * 3"])
    formulas = ("x * 3.0", "a.tanh()", "b ** 2")
    _judge(learner, [((_number(gen, 0.3, 0.6),), formulas)], ["(x * 3).tanh() ** 2"])


@gradients
def test_used_twice(learner: Learner, gen: Gen) -> None:
    """a value that is used twice: x * x gives 2x"""
    numbers = (_number(gen, 2.0, 3.0), _number(gen, 0.5, 1.5))
    for formula in ("x * y", "x * x", "x + y", "x + x"):
        _judge(learner, [(numbers[: 1 + ("y" in formula)], (formula,))], [formula])


@gradients
def test_equal_numbers(learner: Learner, gen: Gen) -> None:
    """two values with the same number are two values"""
    x, y = _number(gen, 0.5, 1.0), _number(gen, 1.5, 2.0)
    formulas = ("x.tanh()", "y.tanh()", "a * b", "c * x")
    name = "x.tanh() * y.tanh() * x"
    _judge(learner, [((x, y), formulas)], [f"{name} where x and y hold different numbers"])
    _judge(learner, [((x, x), formulas)], [f"{name} where both hold the same number"])


@gradients
def test_ways_that_meet(learner: Learner, gen: Gen) -> None:
    """a value in between that is used twice, in ways of equal and of unequal length"""
    _meets(learner, gen)


@gradients
def test_random_expressions(learner: Learner, gen: Gen) -> None:
    """200 random expressions, compared with torch"""
    _meets(learner, gen)
    cases = _random_cases(gen.integer(0, 2**31))
    names = [f"a random expression of {len(formulas)} operations" for _, formulas in cases]
    _judge(learner, cases, names)


@gradients
def test_second_backward(learner: Learner, gen: Gen) -> None:
    """a second backward() adds the derivatives once more"""
    _meets(learner, gen)
    a, b = _number(gen, 1.0, 2.0), _number(gen, 2.0, 3.0)
    name = "grad of x and y after (x * y).backward(), and after (x * x).backward() too"
    close(learner.probe.shared(a, b), [b, a, b + 2 * a, a], name)
    cases = tuple(_random_case(gen) for _ in range(20))
    found = _made(learner.probe.twice(cases), "an operation")["grad"]
    for numbers, formulas in cases:
        want = 2 * _expected(numbers, formulas)[1]
        grad, found = found.split([len(numbers), len(found) - len(numbers)])
        rest = want[len(numbers) :]  # not asked for; they stay in for their size
        name = "grad of the values made directly, after two calls of backward()"
        close(torch.cat([grad, rest]), want, name)


@gradients
def test_long_chain(learner: Learner, gen: Gen) -> None:
    """a chain of 5,000 operations"""
    _meets(learner, gen)
    found = learner.probe.chain(1.2, 5000)
    require(
        "recursion" not in found,
        "backward() of a chain of 5,000 operations ended with a RecursionError: too many calls "
        "inside each other.",
    )
    data, grad = 1.2, 1.0
    for _ in range(5000):
        data = math.tanh(data)
        grad *= 1 - data * data
    close(found["data"], data, "data at the chain's end")
    close(found["grad"], grad, "grad at the chain's start")


@gradients
def test_many_ways(learner: Learner, gen: Gen) -> None:
    """60 doublings: x + x of x + x of ..."""
    _meets(learner, gen)
    found = learner.probe.doublings(0.5, 60)
    text = "backward() through 60 doublings makes more calls than could ever end."
    require(found != "endless", text)
    close(found, [2.0**59, 2.0**60], "data of the result and grad of the start")


def _meets(learner: Learner, gen: Gen) -> None:
    """One backward() where ways meet: without that, longer expressions show nothing more."""
    cases = [((_number(gen, 0.5, 1.0),), ("x ** 2", *formulas)) for formulas in MEETING.values()]
    names = [f"{name}, where a = x ** 2" for name in MEETING]
    _judge(learner, cases, names)


def _judge(
    learner: Learner, cases: Sequence[Case], names: Sequence[str], backwards: int = 1
) -> None:
    """Data and grad of all values of several expressions; all are asked before one is judged."""
    found = _made(learner.probe.expressions(cases, backwards), names[0])
    expected = [_expected(*case) for case in cases]
    sizes = [len(data) for data, _ in expected]
    parts = (found[name].split(sizes) for name in ("data", "grad"))
    for data, grad, want, name in zip(*parts, expected, names, strict=True):
        close(data, want[0], f"data in {name}")
        close(grad, backwards * want[1], f"grad in {name}")


def _made(found: dict[str, Any], name: str) -> dict[str, Any]:
    """What the probe found, if everything was a Value."""
    foreign = found.get("foreign")
    require(not foreign, f"{name} gave a {foreign} instead of a Value.")
    return found


@lru_cache(maxsize=1000)
def _expected(numbers: tuple[float, ...], formulas: tuple[str, ...]) -> tuple[Tensor, Tensor]:
    """Data and derivatives of all values, by torch; once for all answers that get the same."""
    leaves = [torch.tensor(n, requires_grad=True) for n in numbers]
    made: dict[str, Any] = dict(zip(NUMBERS, leaves, strict=False))
    for name, formula in zip(RESULTS, formulas, strict=False):
        made[name] = eval(formula, {}, made)
    tensors = [*made.values()]
    grads = torch.autograd.grad(tensors[-1], tensors, allow_unused=True)
    zero = torch.tensor(0.0)
    return torch.stack(tensors).detach(), torch.stack([zero if g is None else g for g in grads])


def _operation(gen: Gen, name: str) -> Case:
    numbers = (OPERATIONS | ON_THE_LEFT)[name]
    return tuple(n * _number(gen, 1.0, 1.2) for n in numbers), (name.partition(" for ")[0],)


def _number(gen: Gen, low: float, high: float) -> float:
    return float(gen.uniform(low, high))


@lru_cache(maxsize=4)
def _random_cases(seed: int) -> tuple[Case, ...]:
    gen = Gen(seed)
    return tuple(_random_case(gen) for _ in range(200))


def _random_case(gen: Gen) -> Case:
    """Two or three numbers, and 5 to 12 formulas."""
    numbers = [_number(gen, 0.3, 1.5) * (-1) ** k for k in range(gen.integer(2, 4))]
    made: dict[str, Any] = dict(zip(NUMBERS, map(torch.tensor, numbers), strict=False))
    formulas: list[str] = []
    count = gen.integer(5, 13)
    while len(formulas) < count:
        formula = _random_formula(gen, made)
        result = eval(formula, {}, made)
        if abs(result) < 20 and (result != 0 or "relu" in formula):
            made[RESULTS[len(formulas)]] = result
            formulas.append(formula)
    return tuple(numbers), tuple(formulas)  # what can't change travels lighter


def _random_formula(gen: Gen, made: Mapping[str, Tensor]) -> str:
    """One operation, more often on recent values, that is smooth where they are."""
    names, number = [*made], _number(gen, -2, 2)
    a = names[max(gen.integer(0, len(names)), gen.integer(0, len(names)))]
    b = names[gen.integer(0, len(names))]
    at = float(made[a])
    if abs(at) > 0.3 and gen.integer(0, 6) == 0:
        exponents = [2, 3, -1, 2.0] + [0.5, 1.7] * (at > 0)
        return f"{a} ** {exponents[gen.integer(0, len(exponents))]}"
    fitting = [f"{a} + {b}", f"{a} * {b}"] * 2
    fitting += [f"{a} + {number}", f"{number} + {a}", f"{a} * {number}", f"{number} * {a}"]
    fitting += [f"{a}.tanh()"] + [f"{a}.relu()"] * (abs(at) > 1e-2) + [f"{a}.exp()"] * (at < 2)
    return fitting[gen.integer(0, len(fitting))]
