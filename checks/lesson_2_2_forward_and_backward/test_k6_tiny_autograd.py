"""2.2.6: the engine's numbers and derivatives, against closed forms and torch's autograd.

Expressions are lists of steps, which the probe carries out with the answer's Values and this file
with torch's tensors; that, and making random ones, is half of its length. Right engines differ
from torch by less than 1e-14 (norm-wise, 20,000 random expressions); numbers stay below 20 in
size and away from ReLU's kink. Small expressions come first: what they show needs no guessing.
"""

import math
from collections.abc import Sequence
from functools import lru_cache, partial
from typing import Any

import torch
from torch import Tensor

from dojo.failure import Failed
from dojo.suite.vocabulary import Gen, Learner, close, gradients, require, values

# An operation, the number of its first value, and that of its second or a plain number.
Step = Sequence[Any]
# The numbers of the values made directly, and the steps.
Case = tuple[Sequence[float], Sequence[Step]]

# What the operation is called, the numbers of its values, and the step.
OPERATIONS: tuple[tuple[str, list[float], Step], ...] = (
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
    ("2.5 + x", [1.5], ["2 + x", 0, 2.5]),
    ("2 * x", [1.5], ["2 * x", 0, 2]),
)
# From a on, which is x ** 2. Together they tell in which order an answer walks.
MEETING: tuple[tuple[str, list[Step]], ...] = (
    ("a.tanh() * a.tanh()", [["tanh", 1], ["tanh", 1], ["x * y", 2, 3]]),
    ("a * a", [["x * y", 1, 1]]),
    ("a.tanh() * (a + 3)", [["tanh", 1], ["x + 2", 1, 3.0], ["x * y", 2, 3]]),
    ("a * a.tanh().exp()", [["tanh", 1], ["exp", 2], ["x * y", 1, 3]]),
    ("a.tanh().exp() * a", [["tanh", 1], ["exp", 2], ["x * y", 3, 1]]),
)


@values
def test_new(learner: Learner) -> None:
    """a new Value has its number, and grad 0"""
    value = learner.Value(2.5)
    close(value.get("data"), 2.5, "data of Value(2.5)")
    grad = value.get("grad")
    require(
        grad is not None,
        "The grad of a new Value is None, and nothing can be added to None.",
        mistake="grad-none",
    )
    close(grad, 0.0, "grad of Value(2.5)")


@values
def test_operations(learner: Learner, gen: Gen) -> None:
    """each operation alone: a new Value with the right number"""
    for name, numbers, step in OPERATIONS[:-2]:
        _judge(learner, _near(gen, numbers), [step], name, backward=False)


@values
def test_number_plus_value(learner: Learner, gen: Gen) -> None:
    """2.5 + x, a number on the left"""
    name, numbers, step = OPERATIONS[-2]
    _judge(learner, _near(gen, numbers), [step], name, backward=False)


@values
def test_number_times_value(learner: Learner, gen: Gen) -> None:
    """2 * x, a number on the left"""
    name, numbers, step = OPERATIONS[-1]
    _judge(learner, _near(gen, numbers), [step], name, backward=False)


@gradients
def test_slopes(learner: Learner, gen: Gen) -> None:
    """the derivative of each operation alone"""
    for name, numbers, step in OPERATIONS:
        _judge(learner, _near(gen, numbers), [step], f"{name} after backward()")


@gradients
def test_chain_rule(learner: Learner, gen: Gen) -> None:
    """operations in a row: slopes multiply"""
    for name, numbers, step in OPERATIONS:
        start, steps = _near(gen, numbers), [step, ["x * 2", len(numbers), 3.0]]
        _judge(learner, start, steps, f"({name}) * 3")
    steps = [["x * 2", 0, 3.0], ["tanh", 1], ["x ** 2", 2, 2]]
    _judge(learner, [_number(gen, 0.3, 0.6)], steps, "(x * 3).tanh() ** 2")


@gradients
def test_used_twice(learner: Learner, gen: Gen) -> None:
    """a value that is used twice: x * x gives 2x"""
    for op, used in (("x * y", "x * x"), ("x + y", "x + x")):
        x, y = _number(gen, 2.0, 3.0), _number(gen, 0.5, 1.5)
        _judge(learner, [x, y], [[op, 0, 1]], op)
        grad = float(_made(learner.probe.expression([x], [[op, 0, 0]], 1), used)["grad"][0])
        want = 2 * x if op == "x * y" else 2.0
        name, half = f"the grad of x after ({used}).backward()", want / 2
        close(grad, want, name, otherwise={"grad-replaced": partial(float, half)})


@gradients
def test_equal_numbers(learner: Learner, gen: Gen) -> None:
    """two values with the same number are two values"""
    x, y = _number(gen, 0.5, 1.0), _number(gen, 1.5, 2.0)
    steps = [["tanh", 0], ["tanh", 1], ["x * y", 2, 3], ["x * y", 4, 0]]
    name = "x.tanh() * y.tanh() * x"
    _judge(learner, [x, y], steps, f"{name} where x and y hold different numbers")
    _judge(learner, [x, x], steps, f"{name} where both hold the same number")


@gradients
def test_ways_that_meet(learner: Learner, gen: Gen) -> None:
    """a value in between that is used twice, in ways of equal and of unequal length"""
    _meets(learner, gen)


@gradients
def test_random_expressions(learner: Learner, gen: Gen) -> None:
    """200 random expressions, compared with torch"""
    _meets(learner, gen)
    cases, expected = _random_cases(gen.integer(0, 2**31))
    names = [f"a random expression of {len(steps)} operations" for _, steps in cases]
    _judge_all(learner, cases, expected, names)


@gradients
def test_second_backward(learner: Learner, gen: Gen) -> None:
    """a second backward() adds the derivatives once more"""
    _meets(learner, gen)
    a, b = _number(gen, 1.0, 2.0), _number(gen, 2.0, 3.0)
    name = "grad of x and y after (x * y).backward(), and after (x * x).backward() too"
    close(learner.probe.shared(a, b), [b, a, b + 2 * a, a], name)
    cases = tuple(_random_case(gen) for _ in range(20))
    found = _made(learner.probe.twice(cases), "an operation")["grad"]
    for numbers, steps in cases:
        want = 2 * _expected(numbers, steps)[1]
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
        mistake="recursive",
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
    require(found != "endless", text, mistake="every-way")
    close(found, [2.0**59, 2.0**60], "data of the result and grad of the start")


def _meets(learner: Learner, gen: Gen) -> None:
    """One backward() where ways meet: without that, longer expressions show nothing more."""
    x = _number(gen, 0.5, 1.0)
    cases = [([x], [["x ** 2", 0, 2], *steps]) for _, steps in MEETING]
    names = [f"{name}, where a = x ** 2" for name, _ in MEETING]
    try:
        _judge_all(learner, cases, [_expected(*case) for case in cases], names)
    except Failed:
        learner.probe.chain(1.2, 5000)  # nested calls or not: two that walk alike differ in that
        raise


def _judge_all(
    learner: Learner,
    cases: Sequence[Case],
    expected: Sequence[tuple[Tensor, Tensor]],
    names: Sequence[str],
) -> None:
    """Data and grad of all values of several expressions; all are asked before one is judged."""
    found = _made(learner.probe.expressions(cases), names[0])
    sizes = [len(data) for data, _ in expected]
    parts = (found[name].split(sizes) for name in ("data", "grad"))
    for data, grad, want, name in zip(*parts, expected, names, strict=True):
        _compare({"data": data, "grad": grad}, want, name)


def _judge(
    learner: Learner,
    numbers: Sequence[float],
    steps: Sequence[Step],
    name: str,
    backward: bool = True,
) -> None:
    """Data and grad of all values of one expression."""
    found = learner.probe.expression(numbers, steps, int(backward))
    data, grad = _expected(numbers, steps)
    _compare(found, (data, grad if backward else 0 * grad), name)


def _compare(found: dict[str, Any], want: tuple[Tensor, Tensor], name: str) -> None:
    close(_made(found, name)["data"], want[0], f"data in {name}")
    close(found["grad"], want[1], f"grad in {name}")


def _made(found: dict[str, Any], name: str) -> dict[str, Any]:
    """What the probe found, if everything was a Value."""
    foreign = found.get("foreign")
    require(not foreign, f"{name} gave a {foreign} instead of a Value.", mistake="no-value")
    return found


def _expected(numbers: Sequence[float], steps: Sequence[Step]) -> tuple[Tensor, Tensor]:
    """Data and derivatives of all values, by torch."""
    made = _run([torch.tensor(n, requires_grad=True) for n in numbers], steps)
    grads = torch.autograd.grad(made[-1], made, allow_unused=True)
    zero = torch.tensor(0.0)
    return torch.stack(made).detach(), torch.stack([zero if g is None else g for g in grads])


def _run(made: Sequence[Any], steps: Sequence[Step]) -> list[Any]:
    """Carry out steps on torch's tensors or on numbers; returns the results behind the others."""
    made = [*made]
    for op, i, *rest in steps:
        x: Any = made[i]
        other: Any = rest[0] if rest else None
        match op:
            case "x + y":
                made.append(x + made[other])
            case "x * y":
                made.append(x * made[other])
            case "x + 2" | "2 + x":
                made.append(x + other)
            case "x * 2" | "2 * x":
                made.append(x * other)
            case "x ** 2":
                made.append(x**other)
            case _:
                made.append(getattr(torch, op)(torch.as_tensor(x)))
    return made


def _number(gen: Gen, low: float, high: float) -> float:
    return float(gen.uniform(low, high))


def _near(gen: Gen, numbers: list[float]) -> list[float]:
    return [n * _number(gen, 1.0, 1.2) for n in numbers]


@lru_cache(maxsize=4)
def _random_cases(seed: int) -> tuple[tuple[Case, ...], list[tuple[Tensor, Tensor]]]:
    """Expressions and what torch makes of them; once for all answers that get the same ones."""
    gen = Gen(seed)
    cases = tuple(_random_case(gen) for _ in range(200))
    return cases, [_expected(*case) for case in cases]


def _random_case(gen: Gen) -> Case:
    """Two or three numbers, and 5 to 12 steps."""
    numbers = [_number(gen, 0.3, 1.5) * (-1) ** k for k in range(gen.integer(2, 4))]
    data, count = [*numbers], gen.integer(5, 13)
    steps: list[Step] = []
    while len(steps) < count:
        step = _random_step(gen, data)
        made = float(_run(data, [step])[-1])
        if abs(made) < 20 and (made != 0 or step[0] == "relu"):
            steps.append(step)
            data.append(made)
    return tuple(numbers), tuple(map(tuple, steps))  # what can't change travels lighter


def _random_step(gen: Gen, data: list[float]) -> Step:
    """One operation, more often on recent values, that is smooth where they are."""
    i = max(gen.integer(0, len(data)), gen.integer(0, len(data)))
    x = data[i]
    if abs(x) > 0.3 and gen.integer(0, 6) == 0:
        exponents = [2, 3, -1, 2.0] + [0.5, 1.7] * (x > 0)
        return ["x ** 2", i, exponents[gen.integer(0, len(exponents))]]
    fitting = ["x + y", "x + y", "x * y", "x * y", "x + 2", "2 + x", "x * 2", "2 * x", "tanh"]
    fitting += ["relu"] * (abs(x) > 1e-2) + ["exp"] * (x < 2)
    op = fitting[gen.integer(0, len(fitting))]
    if op in ("x + y", "x * y"):
        return [op, i, gen.integer(0, len(data))]
    return [op, i, _number(gen, -2, 2)] if " " in op else [op, i]
