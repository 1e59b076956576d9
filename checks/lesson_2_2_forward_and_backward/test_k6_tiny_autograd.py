"""2.2.6: the engine's numbers and derivatives, against closed forms and torch's autograd.

Expressions are lists of steps that the probe carries out. Right engines differ from torch by less
than 1e-14 (norm-wise, over 20,000 random graphs); values stay below 20 and away from ReLU's kink.
"""

import math
from typing import Any

import torch
from torch import Tensor

from dojo.judge.vocabulary import Gen, Learner, close, gradients, require, values

Step = list[Any]
Case = list[Any]  # numbers, steps


def _run(values: list[Any], steps: list[Step]) -> list[Any]:
    """Carry out steps on numbers or on torch's tensors; adds the results to values."""
    for op, i, *rest in steps:
        x, other = values[i], rest[0] if rest else None
        match op:
            case "x + y":
                values.append(x + values[other])
            case "x * y":
                values.append(x * values[other])
            case "x + 2" | "2 + x":
                values.append(x + other)
            case "x * 2" | "2 * x":
                values.append(x * other)
            case "x ** 2":
                values.append(x**other)
            case _:
                values.append(getattr(torch, op)(torch.as_tensor(x)))
    return values


def _expected(numbers: list[float], steps: list[Step]) -> tuple[Tensor, Tensor]:
    """Data and derivatives of all values, by torch."""
    leaves = [torch.tensor(n, requires_grad=True) for n in numbers]
    made = _run([*leaves], steps)
    grads = torch.autograd.grad(made[-1], made, allow_unused=True)
    zero = torch.tensor(0.0)
    return torch.stack(made).detach(), torch.stack([zero if g is None else g for g in grads])


def _judge(found: dict[str, Any], case: Case, name: str, grads: bool = True) -> None:
    numbers, steps = case
    if "foreign" in found:
        op = steps[found["step"]][0]
        text = f"{op if ' ' in op else f'x.{op}()'} gave a {found['foreign']} instead of a Value."
        require(False, text, mistake="no-value")
    data, grad = _expected(numbers, steps)
    close(found["data"], data, f"data in {name}")
    close(found["grad"], grad if grads else 0 * grad, f"grad in {name}")


@values
def test_new(learner: Learner) -> None:
    """a new Value has its number, and grad 0"""
    value = learner.Value(2.5)
    close(value.get("data"), 2.5, "data of Value(2.5)")
    close(value.get("grad"), 0.0, "grad of Value(2.5)")


SINGLE: tuple[tuple[str, list[float], Step], ...] = (
    ("x + y", [1.5, -0.7], ["x + y", 0, 1]),
    ("x * y", [1.5, -0.7], ["x * y", 0, 1]),
    ("x + 2", [1.5], ["x + 2", 0, 2]),
    ("x * 2.5", [1.5], ["x * 2", 0, 2.5]),
    ("x ** 3", [-1.5], ["x ** 2", 0, 3]),
    ("x ** 0.5", [1.7], ["x ** 2", 0, 0.5]),
    ("x ** -1", [-1.3], ["x ** 2", 0, -1]),
    ("x.relu() for a positive x", [1.4], ["relu", 0]),
    ("x.relu() for a negative x", [-1.4], ["relu", 0]),
    ("x.tanh()", [0.8], ["tanh", 0]),
    ("x.exp()", [0.6], ["exp", 0]),
)
LEFT: tuple[tuple[str, list[float], Step], ...] = (
    ("2.5 + x", [1.5], ["2 + x", 0, 2.5]),
    ("2 * x", [1.5], ["2 * x", 0, 2]),
)


@values
def test_operations(learner: Learner, gen: Gen) -> None:
    """each operation alone: a new Value with the right number"""
    for name, numbers, step in SINGLE:
        case = [[n * _number(gen, 1.0, 1.2) for n in numbers], [step]]
        _judge(learner.probe.expression(*case, 0), case, name, grads=False)


@values
def test_number_plus_value(learner: Learner, gen: Gen) -> None:
    """2.5 + x"""
    case = [[_number(gen, 1.0, 2.0)], [["2 + x", 0, 2.5]]]
    _judge(learner.probe.expression(*case, 0), case, "2.5 + x", grads=False)


@values
def test_number_times_value(learner: Learner, gen: Gen) -> None:
    """2 * x"""
    case = [[_number(gen, 1.0, 2.0)], [["2 * x", 0, 2]]]
    _judge(learner.probe.expression(*case, 0), case, "2 * x", grads=False)


@gradients
def test_slopes(learner: Learner, gen: Gen) -> None:
    """the derivative of each operation alone"""
    for name, numbers, step in (*SINGLE, *LEFT):
        case = [[n * _number(gen, 1.0, 1.2) for n in numbers], [step]]
        _judge(learner.probe.expression(*case, 1), case, f"{name} after backward()")


@gradients
def test_chain_rule(learner: Learner, gen: Gen) -> None:
    """three operations in a row: slopes multiply"""
    case = [[_number(gen, 0.3, 0.6)], [["x * 2", 0, 3.0], ["tanh", 1], ["x ** 2", 2, 2]]]
    _judge(learner.probe.expression(*case, 1), case, "(x * 3).tanh() ** 2")


@gradients
def test_used_twice(learner: Learner, gen: Gen) -> None:
    """a value that is used twice: x * x gives 2x"""
    for name, op in (("x * x", "x * y"), ("x + x", "x + y")):
        case = [[_number(gen, 2.0, 3.0)], [[op, 0, 0]]]
        _judge(learner.probe.expression(*case, 1), case, name)


MEETING: tuple[tuple[str, list[Step]], ...] = (
    ("a.tanh() * (a + 3)", [["tanh", 1], ["x + 2", 1, 3.0], ["x * y", 2, 3]]),
    ("a * a.tanh().exp()", [["tanh", 1], ["exp", 2], ["x * y", 1, 3]]),
    ("a.tanh().exp() * a", [["tanh", 1], ["exp", 2], ["x * y", 3, 1]]),
)


@gradients
def test_ways_that_meet(learner: Learner, gen: Gen) -> None:
    """a value in between that is used twice, in ways of equal and of unequal length"""
    for name, steps in MEETING:
        case = [[_number(gen, 0.5, 1.0)], [["x ** 2", 0, 2], *steps]]
        _judge(learner.probe.expression(*case, 1), case, f"{name}, where a = x ** 2")


@gradients
def test_random_graphs(learner: Learner, gen: Gen) -> None:
    """200 random expressions, compared with torch"""
    cases = [_random_case(gen) for _ in range(200)]
    for case, found in zip(cases, learner.probe.graphs(cases, 1), strict=True):
        _judge(found, case, f"a random expression ({len(case[1])} operations)")


@gradients
def test_second_backward(learner: Learner, gen: Gen) -> None:
    """a second backward() adds the derivatives once more"""
    a, b = _number(gen, 1.0, 2.0), _number(gen, 2.0, 3.0)
    name = "grad of x and y after (x * y).backward(), and after (x * x).backward() too"
    close(learner.probe.shared(a, b), [b, a, b + 2 * a, a], name)
    cases = [_random_case(gen) for _ in range(20)]
    for (numbers, steps), found in zip(cases, learner.probe.graphs(cases, 2), strict=True):
        _, grad = _expected(numbers, steps)
        n = len(numbers)
        name = "grad of the values made directly, after two calls of backward()"
        close(found["grad"][:n], 2 * grad[:n], name)


@gradients
def test_long_chain(learner: Learner) -> None:
    """a chain of 5,000 operations"""
    found = learner.probe.chain(1.2, 5000)
    require(
        "recursion" not in found,
        "backward() of a chain of 5,000 operations ended with a RecursionError: too many calls "
        "inside each other.",
        mistake="recursive",
    )
    data, grad = 1.2, 1.0
    for _ in range(5000):
        data = math.tanh(data)
        grad *= 1 - data * data
    close(found["data"], data, "data at the chain's end")
    close(found["grad"], grad, "grad at the chain's start")


@gradients
def test_many_ways(learner: Learner) -> None:
    """60 doublings: x + x of x + x of ..."""
    found = learner.probe.doublings(0.5, 60)
    require(found != "endless", "backward() through 60 doublings finds no end.")
    close(found, [2.0**59, 2.0**60], "data of the result and grad of the start")


def _number(gen: Gen, low: float, high: float) -> float:
    return float(gen.uniform(low, high))


def _random_case(gen: Gen) -> Case:
    """A random expression of 5 to 12 operations, with numbers of moderate size."""
    numbers = [round(_number(gen, 0.3, 1.5) * (-1) ** k, 6) for k in range(gen.integer(2, 4))]
    data, steps = [*numbers], []
    count = gen.integer(5, 13)
    while len(steps) < count:
        step = _random_step(gen, data)
        made = float(_run([*data], [step])[-1])
        if abs(made) < 20 and (made != 0 or step[0] == "relu"):
            steps.append(step)
            data.append(made)
    return [numbers, steps]


def _random_step(gen: Gen, data: list[float]) -> Step:
    """One operation, more often on recent values, that is smooth where they are."""
    i = max(gen.integer(0, len(data)), gen.integer(0, len(data)))
    x, number = data[i], round(_number(gen, -2, 2), 3)
    fitting = ["x + y", "x + y", "x * y", "x * y", "x + 2", "2 + x", "x * 2", "2 * x", "tanh"]
    fitting += ["relu"] * (abs(x) > 1e-2) + ["exp"] * (x < 2)
    op = fitting[gen.integer(0, len(fitting))]
    if abs(x) > 0.3 and gen.integer(0, 6) == 0:
        exponents = [2, 3, -1, 2.0] + [0.5, 1.7] * (x > 0)
        return ["x ** 2", i, exponents[gen.integer(0, len(exponents))]]
    if op in ("x + y", "x * y"):
        return [op, i, gen.integer(0, len(data))]
    return [op, i, number] if " " in op else [op, i]
