"""2.1.3: what is registered, then outputs and gradients at known weights, and who is called.

A probe puts the numbers into whatever the parameters are called: sizes are such that each of the
four has a number of entries of its own. Weights may lie either way, (out, in) as in nn.Linear or
(in, out). Inputs and weights are continuous, so no hidden unit sits on the kink of relu.
"""

import torch
from torch import Tensor

from dojo.suite.vocabulary import (
    Gen,
    Learner,
    Spy,
    close,
    gradients,
    length,
    require,
    shapes,
    values,
)

# rows, inputs, hidden units, outputs
SIZES = ((7, 3, 5, 2), (1, 4, 3, 2), (70, 2, 4, 3))
# What may stand in for the activation, if it isn't the one that was asked for.
FIXED = (torch.relu, torch.sigmoid, torch.nn.functional.gelu, torch.nn.functional.leaky_relu)


def _numbers(gen: Gen, i: int, h: int, o: int) -> list[Tensor]:
    return [gen.randn(i, h), 0.3 + gen.rand(h), gen.randn(h, o), -1 - gen.rand(o)]


def _forward(x: Tensor, numbers: list[Tensor], act: object) -> Tensor:
    w1, b1, w2, b2 = numbers
    return (act(x @ w1 + b1) if callable(act) else x @ w1 + b1) @ w2 + b2


@shapes
def test_parameters(learner: Learner, gen: Gen) -> None:
    """two weights and two biases are registered"""
    for sizes in ([3, 5, 2], [2, 4, 3], [4, 7, 1]):
        i, h, o = sizes
        require(
            learner.probe.set_up(sizes),
            "nn.Module refused the first layer or parameter: its own __init__ has not run.",
            mistake="no-super-init",
        )
        learner.MLP(*sizes)
        found = learner.probe.inventory(sizes)
        if not found["entries"]:
            x, net = gen.randn(3, i), learner.MLP(i, h, o)
            repeats = torch.equal(net(x.clone()), net(x))
            require(
                False,
                "parameters() is empty: an optimizer would find nothing to train."
                if repeats
                else "parameters() is empty, and two calls with the same rows give other answers.",
                mistake="layers-in-a-list" if repeats else "layers-made-in-forward",
            )
        listed = ", ".join(map(str, found["entries"]))
        other = learner.probe.inventory([i + 1, h + 3, o + 1])
        require(
            found["entries"] != other["entries"],
            f"MLP({i}, {h}, {o}) and MLP({i + 1}, {h + 3}, {o + 1}) have parameters of the same "
            f"sizes ({listed} entries).",
            mistake="sizes-fixed",
        )
        sought = sorted([i * h, h * o, h, o], reverse=True)
        require(
            found["entries"] == sought,
            f"MLP({i}, {h}, {o}) registers {len(found['entries'])} parameters with {listed} "
            f"entries. There are four, with {', '.join(map(str, sought))} entries.",
            mistake=_name_entries(found["entries"], i, h, o),
        )
        require(
            not found["frozen"],
            f"{found['frozen']} of the four parameters don't require grad.",
            mistake="frozen",
        )
        require(not found["alike"], "All entries of a weight are equal.", mistake="equal-weights")


@shapes
def test_outputs(learner: Learner, gen: Gen) -> None:
    """a row of outputs for each row of inputs"""
    for n, i, h, o in SIZES[:2]:
        out = learner.probe.filled(_numbers(gen, i, h, o)).forward(gen.randn(n, i))
        length(out[0], o, "a row of the outputs")
    for n in (6, 1):
        length(learner.MLP(3, 5, 1).forward(gen.randn(n, 3))[0], 1, "a row of the outputs")


@values
def test_act_is_called(learner: Learner, gen: Gen) -> None:
    """act is called once, on what the hidden layer gives"""
    for n, i, h, o in SIZES:
        x, numbers = 0.5 + gen.randn(n, i), _numbers(gen, i, h, o)
        spy = Spy(_bowl, most=10)
        out = learner.probe.filled(numbers, spy)(x.clone())
        require(
            len(spy.calls) > 0,
            "act was handed in, but never called.",
            mistake=_name_bend(out, x, numbers),
        )
        length(spy.calls, 1, "the list of calls of act")
        close(spy.calls[0][0], x @ numbers[0] + numbers[1], "what act was called with")
        close(out, _forward(x, numbers, _bowl), "the output")


@values
def test_relu(learner: Learner, gen: Gen) -> None:
    """with relu if nothing else is asked for"""
    for n, i, h, o in SIZES:
        x, numbers = 0.5 + gen.randn(n, i), _numbers(gen, i, h, o)
        net = learner.probe.filled(numbers)
        got, again = net(x.clone()), net(x.clone())
        require(
            torch.equal(got, again) or not bool(got.isfinite().all()),
            "Two calls with the same rows give different outputs.",
            mistake="dropout-added",
        )
        want = _forward(x, numbers, torch.relu)
        if not _near(got, want):
            asked = learner.probe.filled(numbers, torch.sin)(x.clone())
            others = [f for f in (torch.tanh, *FIXED, None) if _near(got, _forward(x, numbers, f))]
            require(
                not (others and _near(asked, _forward(x, numbers, torch.sin))),
                "A network that was given its act uses it. One that was given none doesn't bend "
                "with relu.",
                mistake="default-changed",
            )
        close(got, want, "the output")


@values
def test_other_acts(learner: Learner, gen: Gen) -> None:
    """with tanh, sigmoid or sin if that is asked for"""
    acts = (torch.tanh, torch.sigmoid, torch.sin)
    for act, (n, i, h, o) in zip(acts, SIZES, strict=True):
        x, numbers = 0.5 + gen.randn(n, i), _numbers(gen, i, h, o)
        net = learner.probe.filled(numbers, act)
        close(net(x), _forward(x, numbers, act), f"the output with {act.__name__}")


@values
def test_other_parameters(learner: Learner, gen: Gen) -> None:
    """the outputs follow when the parameters change"""
    n, i, h, o = SIZES[0]
    x, first, second = 0.5 + gen.randn(n, i), _numbers(gen, i, h, o), _numbers(gen, i, h, o)
    net = learner.probe.filled(first, torch.tanh)
    close(net(x), _forward(x, first, torch.tanh), "the output")
    learner.probe.refill(net, second)
    close(net(x), _forward(x, second, torch.tanh), "the output for the same rows, with new weights")


@values
def test_hooks(learner: Learner, gen: Gen) -> None:
    """layers are called as functions"""
    x, numbers = gen.randn(4, 3), _numbers(gen, 3, 5, 2)
    counts = learner.probe.calls_of_layers([3, 5, 2], x)
    if not all(counts):
        used = _near(learner.probe.filled(numbers)(x.clone()), _forward(x, numbers, torch.relu))
        require(
            False,
            f"Of {len(counts)} layers, {counts.count(0)} never ran their hooks.",
            mistake="forward-called" if used else None,
        )


@gradients
def test_gradients(learner: Learner, gen: Gen) -> None:
    """gradients reach all four parameters"""
    for n, i, h, o in SIZES:
        x, numbers, g = 0.5 + gen.randn(n, i), _numbers(gen, i, h, o), 0.5 + gen.randn(n, o)
        leaves = [t.clone().requires_grad_() for t in numbers]
        want = torch.autograd.grad(_forward(x, leaves, torch.tanh), leaves, g)
        got = learner.probe.gradients(numbers, torch.tanh, x, g)
        for found, wanted, name in zip(got, want, ("w1", "b1", "w2", "b2"), strict=True):
            layer = "hidden" if name.endswith("1") else "output"
            what = f"the {'weight' if name[0] == 'w' else 'bias'} of the {layer} layer"
            require(found is not None, f"No gradient reaches {what}.", mistake="cut-off")
            close(found, wanted, f"the gradient of {what}", bar=name)


def _bowl(z: Tensor) -> Tensor:
    return z * z - 0.3


def _name_entries(entries: list[int], i: int, h: int, o: int) -> str | None:
    """The mistake that registers parameters of these sizes."""
    weights, biases = [i * h, h * o], (list[int](), [h], [o], [1, 1])
    known = {
        "one-layer-twice": entries == sorted([i * h, h], reverse=True),
        "no-biases": entries in [sorted(weights + some, reverse=True) for some in biases],
        "more-between": len(entries) > 4,
        "other-sizes": len(entries) == 4,
    }
    return next((mistake for mistake, made in known.items() if made), None)


def _name_bend(out: Tensor, x: Tensor, numbers: list[Tensor]) -> str | None:
    """The mistake behind outputs that act had no part in."""
    if _near(out, _forward(x, numbers, None)):
        return "activation-forgotten"
    known = any(_near(out, _forward(x, numbers, f)) for f in (torch.tanh, *FIXED))
    return "act-ignored" if known else None


def _near(a: Tensor, b: Tensor) -> bool:
    return a.shape == b.shape and float((a.detach().double() - b).norm()) <= 1e-5 * float(b.norm())
