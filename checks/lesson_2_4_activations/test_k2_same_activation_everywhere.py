"""2.4.2: a network against itself; against its own parameters too, if it keeps the stub's names.

A loss is compared with the predictions made just before it. Far from zero a tanh network is flat
and a ReLU network is two straight lines, whatever its parameters, so a network with parameters of
its own is judged as well. Equal formulas differ by less than 1e-13 here.
"""

from typing import Any

import torch
from torch import Tensor

from dojo.judge.vocabulary import Gen, Learner, close, convergence, require, shapes, values

ACTS = {"relu": torch.relu, "tanh": torch.tanh}
FAR = torch.tensor([[-4e6], [-1e6], [0.3], [1e6], [4e6]])


def _batches(gen: Gen, *sizes: int) -> tuple[list[Tensor], list[Tensor]]:
    xs = [gen.uniform(-1, 2, n, 1) for n in sizes]
    return xs, [torch.sin(2 * x) + 0.2 * gen.randn(*x.shape) - 0.5 for x in xs]


def _said(row: dict[str, Any], n: int) -> Tensor:
    said = row["said"]
    require(isinstance(said, Tensor), "predict should return a tensor.")
    shape = tuple(said.shape)
    require(shape == (n, 1), f"The prediction has shape {shape} instead of {(n, 1)}.")
    return said.detach()


@shapes
def test_kinds(learner: Learner, gen: Gen) -> None:
    """one output for each row, and a plain float as the loss"""
    for act in ACTS:
        for n in (7, 1):
            (row,) = learner.probe.rounds(act, *_batches(gen, n), 0.05)
            _said(row, n)
            kind = type(row["loss"]).__name__
            require(kind == "float", f"train_step returned a {kind} instead of a float.")


@values
def test_one_forward(learner: Learner, gen: Gen) -> None:
    """the loss is made of exactly what predict says"""
    for act in ACTS:
        xs, ys = _batches(gen, 7, 1, 12, *([9] * 17))
        for k, row in enumerate(learner.probe.rounds(act, xs, ys, 0.02)):
            want = (_said(row, len(xs[k])) - ys[k]).square().mean().item()
            name = f"the loss of train_step number {k + 1} with act='{act}', from predict's numbers"
            close(row["loss"], want, name, steps=k)


@values
def test_activation(learner: Learner, gen: Gen) -> None:
    """far away relu goes on in two straight lines, and tanh is flat"""
    points = [gen.uniform(-1, 2, 9, 1), FAR]
    for act in ACTS:
        rows = learner.probe.rounds(act, points, [torch.sin(points[0]), FAR * 0], 0.01)
        a, b, _, c, d = _said(rows[1], 5).flatten().tolist()
        left, right = (b - a) / 3e6, (d - c) / 3e6
        flat = max(abs(left), abs(right)) < 1e-9 * (1 + max(abs(b), abs(c)))
        straight = abs(left - right) < 5e-6 * max(abs(left), abs(right))
        seen = "flat" if flat else "one straight line" if straight else "two straight lines"
        want = "flat" if act == "tanh" else "two straight lines"
        require(
            seen == want,
            f"With act='{act}' the predictions for x far from zero are {seen}; they should be "
            f"{want}.",
        )


@values
def test_parameters(learner: Learner, gen: Gen) -> None:
    """predictions and steps follow from the network's parameters"""
    for act, bend in ACTS.items():
        xs, ys = _batches(gen, 7, 1, 12)
        for k, row in enumerate(learner.probe.rounds(act, xs, ys, 0.03), start=1):
            if not row["before"]:
                continue
            leaves = [t.detach().requires_grad_() for t in row["before"]]
            w1, b1, w2, b2 = leaves
            said = bend(xs[k - 1] @ w1 + b1) @ w2 + b2
            close(row["said"], said, f"what predict says before step {k} with act='{act}'")
            grads = torch.autograd.grad((said - ys[k - 1]).square().mean(), leaves)
            for name, t, g, got in zip(
                ("w1", "b1", "w2", "b2"), leaves, grads, row["after"], strict=True
            ):
                close(got, t.detach() - 0.03 * g, f"{name} after step {k} with act='{act}'")


@values
def test_two_networks(learner: Learner, gen: Gen) -> None:
    """a second network leaves the first as it is"""
    for act, other in (("tanh", "relu"), ("relu", "tanh")):
        xs, ys = _batches(gen, 9)
        first, again = learner.probe.beside_another(act, other, xs[0], ys[0])
        close(again, first, f"what the {act} network says after a {other} network was trained")


@convergence
def test_learns(learner: Learner, gen: Gen) -> None:
    """small steps on the same points make the loss fall"""
    x = torch.linspace(-1, 1, 11).reshape(11, 1)
    for act in ACTS:
        rows = learner.probe.rounds(act, [x] * 40, [x.sin() + 2] * 40, 1e-3)
        first, last = rows[0]["loss"], rows[-1]["loss"]
        require(
            last < first,
            f"In 40 steps with lr 0.001 and act='{act}' the loss went from {first:.6g} to "
            f"{last:.6g}.",
        )
