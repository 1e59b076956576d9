"""2.4.2: a network against itself; against its own parameters too, if it keeps the stub's names.

A loss is compared with the predictions made just before it. Far from zero a tanh network is flat
and a ReLU network is two straight lines, whatever its parameters, so a network with parameters of
its own is judged (and told what is wrong) as well: that makes this suite a long one.
"""

from typing import Any

import torch
from torch import Tensor

from dojo.suite.vocabulary import Gen, Learner, close, convergence, require, shapes, values

LR = 1e-3  # far below what a wide network with large weights can bear
ACTS = {"relu": torch.relu, "tanh": torch.tanh}
LINES, LINE = "two straight lines", "one straight line"
FLAT, CONSTANT = "flat on both sides", "the same everywhere"
RIGHT = (LINES, FLAT)
# The mistakes behind what is seen from far away: in predict alone, or in both ways.
PREDICTS = {
    ("relu", FLAT): "predicts-with-tanh",
    ("relu", LINE): "predicts-without-activation",
    ("tanh", LINES): "predicts-with-relu",
}
BOTH = {
    (LINES, LINES): "always-relu",
    (FLAT, FLAT): "always-tanh",
    (FLAT, LINES): "swapped",
    (LINE, LINE): "no-activation",
}
FAR = torch.tensor([[-4e6], [-1e6], [0.3], [1e6], [4e6]])


def _batches(gen: Gen, *sizes: int) -> tuple[list[Tensor], list[Tensor]]:
    xs = [gen.uniform(-1, 2, n, 1) for n in sizes]
    return xs, [torch.sin(2 * x) + 0.2 * gen.randn(*x.shape) - 0.5 for x in xs]


def _said(row: dict[str, Any], n: int) -> Tensor:
    said = row["said"]
    require(said is not None, "predict returned None.", mistake="prediction-not-returned")
    require(isinstance(said, Tensor), f"predict returned a {type(said).__name__}, not a tensor.")
    shape = tuple(said.shape)
    require(
        shape == (n, 1),
        f"The prediction has shape {shape} instead of {(n, 1)}.",
        mistake="flat-predictions" if shape == (n,) else None,
    )
    return said.detach()


def _seen(learner: Learner, gen: Gen, act: str) -> tuple[str, bool]:
    """How a network looks from far away, and whether a loss agrees with predict, roughly."""
    (x,), (y,) = _batches(gen, 9)
    rows = learner.probe.rounds(act, [x, FAR], [y, FAR * 0], LR)
    a, b, _, c, d = _said(rows[1], 5).flatten().tolist()
    left, right = (b - a) / 3e6, (d - c) / 3e6
    agrees = _roughly(rows[0]["loss"], _error(rows[0], y))
    if max(abs(left), abs(right)) < 1e-9 * (1 + max(abs(b), abs(c))):
        return FLAT if abs(b - c) > 1e-6 * abs(b) else CONSTANT, agrees
    straight = abs(left - right) < 5e-6 * max(abs(left), abs(right))
    return LINE if straight else LINES, agrees


def _name_prediction(learner: Learner, gen: Gen, act: str) -> str | None:
    """The mistake behind predictions that the loss of a network with ``act`` isn't made of."""
    looks = {name: _seen(learner, gen, name)[0] for name in ACTS}
    if (looks["relu"], looks["tanh"]) == RIGHT[::-1]:
        return "predicts-swapped"
    known = PREDICTS.get((act, looks[act]))
    other = "tanh" if act == "relu" else "relu"
    one_for_both = known in ("predicts-with-relu", "predicts-with-tanh")
    return known if not one_for_both or looks[other] == looks[act] else None


def _moves_as(learner: Learner, gen: Gen, act: str) -> bool:
    """Whether a step moves the parameters as a network with that activation does."""
    (x,), (y,) = _batches(gen, 9)
    (row,) = learner.probe.rounds(act, [x], [y], LR)
    if not row["before"]:
        return False
    leaves = [t.detach().requires_grad_() for t in row["before"]]
    grads = torch.autograd.grad((_outputs(x, leaves, act) - y).square().mean(), leaves)
    moves = [a - b.detach() for a, b in zip(row["after"], row["before"], strict=True)]
    return all(
        float((m + LR * g).norm()) <= 1e-3 * LR * float(g.norm()) + 1e-12
        for m, g in zip(moves, grads, strict=True)
    )


def _outputs(x: Tensor, parameters: list[Tensor], act: str) -> Tensor:
    w1, b1, w2, b2 = parameters
    return ACTS[act](x @ w1 + b1) @ w2 + b2


def _error(row: dict[str, Any], y: Tensor) -> float:
    return (_said(row, len(y)) - y).square().mean().item()


def _roughly(loss: Any, want: float) -> bool:
    return not isinstance(loss, float) or abs(loss - want) <= 1e-3 * want


@shapes
def test_kinds(learner: Learner, gen: Gen) -> None:
    """one output for each row, and a plain float as the loss"""
    for act in ACTS:
        for n in (7, 1):
            (row,) = learner.probe.rounds(act, *_batches(gen, n), 0.05)
            _said(row, n)
            require(row["loss"] is not None, "train_step returned None.", "loss-not-returned")
            kind = type(row["loss"]).__name__
            require(kind == "float", f"train_step returned a {kind} instead of a float.")


@values
def test_one_forward(learner: Learner, gen: Gen) -> None:
    """the loss is made of exactly what predict says"""
    for act in ACTS:
        xs, ys = _batches(gen, 7, 1, 70, *([9] * 17))
        for k, row in enumerate(learner.probe.rounds(act, xs, ys, LR)):
            loss, want = row["loss"], _error(row, ys[k])
            if not _roughly(loss, want):
                require(
                    False,
                    f"With act='{act}', train_step number {k + 1} returned the loss {loss:.6g}. "
                    f"The mean squared error of what predict said just before is {want:.6g}.",
                    mistake=_name_prediction(learner, gen, act),
                )
            close(loss, want, f"the loss of train_step number {k + 1} with act='{act}'", steps=k)


@values
def test_activation(learner: Learner, gen: Gen) -> None:
    """far away relu goes on in two straight lines, and tanh is flat"""
    looks = {act: _seen(learner, gen, act) for act in ACTS}
    agree = all(agrees for _, agrees in looks.values())
    seen = (looks["relu"][0], looks["tanh"][0])
    known = BOTH.get(seen) if agree else None
    if known in ("always-relu", "always-tanh"):
        act = "tanh" if known == "always-relu" else "relu"
        known = "reports-another-network" if _moves_as(learner, gen, act) else known
    for act, want in zip(ACTS, RIGHT, strict=True):
        require(
            looks[act][0] == want,
            f"With act='{act}' the predictions for x far from zero are {looks[act][0]}; they "
            f"should be {want}.",
            mistake=known,
        )


@values
def test_parameters(learner: Learner, gen: Gen) -> None:
    """predictions and steps follow from the network's parameters"""
    for act in ACTS:
        xs, ys = _batches(gen, 7, 1, 70)
        for k, row in enumerate(learner.probe.rounds(act, xs, ys, 0.03), start=1):
            if not row["before"]:
                continue
            leaves = [t.detach().requires_grad_() for t in row["before"]]
            said = _outputs(xs[k - 1], leaves, act)
            close(row["said"], said, f"what predict says before step {k} with act='{act}'")
            grads = torch.autograd.grad((said - ys[k - 1]).square().mean(), leaves)
            for name, t, g, got in zip(
                ("w1", "b1", "w2", "b2"), leaves, grads, row["after"], strict=True
            ):
                close(got, t.detach() - 0.03 * g, f"{name} after step {k} with act='{act}'")


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
        require(
            last < first,
            f"In 40 steps with lr 0.001 and act='{act}' the loss went from {first:.6g} to "
            f"{last:.6g}.",
        )
