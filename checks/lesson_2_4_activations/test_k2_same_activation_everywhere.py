"""2.4.2: a network against itself; against its own parameters too, if it keeps the stub's names.

A loss is compared with the predictions made just before it. Far from zero a tanh network is flat
and a ReLU network is two straight lines, whatever its parameters, so a network with parameters of
its own is judged as well.
"""

from typing import Any

import torch
from torch import Tensor

from dojo.suite.vocabulary import Gen, Learner, close, convergence, require, shapes, values

LR = 1e-3  # far below what a wide network with large weights can bear
ACTS = {"relu": torch.relu, "tanh": torch.tanh}
LOOKS = {"relu": "two straight lines", "tanh": "flat on both sides"}
FAR = torch.tensor([[-4e6], [-1e6], [0.3], [1e6], [4e6]])


def _batches(gen: Gen, *sizes: int) -> tuple[list[Tensor], list[Tensor]]:
    xs = [gen.uniform(-1, 2, n, 1) for n in sizes]
    return xs, [torch.sin(2 * x) + 0.2 * gen.randn(*x.shape) - 0.5 for x in xs]


def _said(said: Any, n: int) -> Tensor:
    require(said is not None, "predict returned None: it has no `return` on its way.")
    require(isinstance(said, Tensor), f"predict returned a {type(said).__name__}, not a tensor.")
    require(said.shape == (n, 1), f"The prediction has shape {(*said.shape,)} instead of {(n, 1)}.")
    return said.detach()


def _look(learner: Learner, gen: Gen, act: str) -> str:
    """How a network looks from far away."""
    (x,), (y,) = _batches(gen, 9)
    rows = learner.probe.rounds(act, [x, FAR], [y, FAR * 0], LR)
    a, b, _, c, d = _said(rows[1]["said"], 5).flatten().tolist()
    left, right = (b - a) / 3e6, (d - c) / 3e6
    if max(abs(left), abs(right)) < 1e-9 * (1 + max(abs(b), abs(c))):
        return LOOKS["tanh"] if abs(b - c) > 1e-6 * abs(b) else "the same everywhere"
    straight = abs(left - right) < 5e-6 * max(abs(left), abs(right))
    return "one straight line" if straight else LOOKS["relu"]


@shapes
def test_kinds(learner: Learner, gen: Gen) -> None:
    """one output for each row, and a plain float as the loss"""
    for act, n in (("relu", 7), ("relu", 1), ("tanh", 7), ("tanh", 1)):
        (row,) = learner.probe.rounds(act, *_batches(gen, n), 0.05)
        _said(row["said"], n)
        loss, kind = row["loss"], type(row["loss"]).__name__
        require(loss is not None, "train_step returned None: it has no `return` on its way.")
        require(kind == "float", f"train_step returned a {kind} instead of a float.")


@values
def test_one_forward(learner: Learner, gen: Gen) -> None:
    """the loss is made of exactly what predict says"""
    for act in ACTS:
        xs, ys = _batches(gen, 7, 1, 70, *([9] * 17))
        for k, row in enumerate(learner.probe.rounds(act, xs, ys, LR)):
            want = (_said(row["said"], len(ys[k])) - ys[k]).square().mean()
            name = f"the loss of train_step number {k + 1} with act='{act}'"
            close(row["loss"], want, f"{name}, beside what predict said just before,")


@values
def test_activation(learner: Learner, gen: Gen) -> None:
    """far away relu goes on in two straight lines, and tanh is flat"""
    looks = {act: _look(learner, gen, act) for act in ACTS}
    for act, want in LOOKS.items():
        text = f"With act='{act}' the predictions for x far from zero are {looks[act]}"
        require(looks[act] == want, f"{text}; they should be {want}.")


@values
def test_parameters(learner: Learner, gen: Gen) -> None:
    """predictions and steps follow from the network's parameters"""
    for act in ACTS:
        xs, ys = _batches(gen, 7, 1, 70)
        for k, row in enumerate(learner.probe.rounds(act, xs, ys, 0.03), start=1):
            if not row["before"]:
                continue
            w1, b1, w2, b2 = leaves = [t.detach().requires_grad_() for t in row["before"]]
            said = ACTS[act](xs[k - 1] @ w1 + b1) @ w2 + b2
            close(row["said"], said, f"what predict says before step {k} with act='{act}'")
            grads = torch.autograd.grad((said - ys[k - 1]).square().mean(), leaves)
            wants = [t.detach() - 0.03 * g for t, g in zip(leaves, grads, strict=True)]
            for name, got, want in zip(("w1", "b1", "w2", "b2"), row["after"], wants, strict=True):
                close(got, want, f"{name} after step {k} with act='{act}'")


@values
def test_two_networks(learner: Learner, gen: Gen) -> None:
    """a second network leaves the first as it is"""
    for act, other in (("tanh", "relu"), ("relu", "tanh"), ("tanh", "tanh"), ("relu", "relu")):
        xs, ys = _batches(gen, 9)
        first, again = learner.probe.beside_another(act, other, xs[0], ys[0])
        close(again, first, f"what the {act} network says after a new {other} network was trained")


@convergence
def test_learns(learner: Learner, gen: Gen) -> None:
    """small steps on the same points make the loss fall"""
    x = torch.linspace(-1, 1, 11).reshape(11, 1)
    for act in ACTS:
        rows = learner.probe.rounds(act, [x] * 40, [x.sin() + 2] * 40, LR)
        first, last = rows[0]["loss"], rows[-1]["loss"]
        went = f"the loss went from {first:.6g} to {last:.6g}"
        require(last < first, f"In 40 steps with lr 0.001 and act='{act}' {went}.")
