"""2.1.2: what is registered, then logits, probabilities and gradients at known weights.

A probe puts the numbers into whatever the parameters are called, so no name is asked for, and
the initial values are the learner's choice. Where there are probabilities, logits lie within 6 of
zero, where the sigmoid is neither 0 nor 1; the closed form of its derivative is p * (1 - p).
Rounding: 1e-16.
"""

import torch
from torch import Tensor

from dojo.suite.vocabulary import Gen, Learner, close, gradients, require, shapes, values

SIZES = ((7, 3), (1, 4), (70, 2), (6, 1))  # rows, inputs


def _numbers(gen: Gen, n: int, d: int) -> tuple[Tensor, Tensor, Tensor]:
    return 0.5 + gen.randn(n, d).clamp(-2, 2), gen.uniform(-1, 1, d), gen.uniform(1, 2, 1)


@shapes
def test_parameters(learner: Learner, gen: Gen) -> None:
    """weights and bias are registered as parameters"""
    for d in (5, 1, 6):
        require(
            learner.probe.set_up(d),
            "nn.Module refused the first layer or parameter: its own __init__ has not run.",
            mistake="no-super-init",
        )
        learner.LinearClassifier(d)
        found = learner.probe.inventory(d)
        total = found["total"]
        if total == 0:
            x, net = gen.randn(3, d), learner.LinearClassifier(d)
            repeats = torch.equal(net(x.clone()), net(x))
            require(
                False,
                "parameters() is empty: an optimizer would find nothing to train."
                if repeats
                else "parameters() is empty, and two calls with the same rows give other answers.",
                mistake="plain-tensors" if repeats else "layer-made-in-forward",
            )
        if total == 2 * d != d + 1:  # as many numbers as a layer with its two sides exchanged
            learner.LinearClassifier(d).logits(gen.randn(3, d))
        known = {
            d: "no-bias",
            d + 2: "second-bias",
            2 * d: "second-bias",
            2 * d + 2: "two-outputs" if found["two_rows"] else "layer-for-each-method",
        }
        require(
            d == 1 or total == d + 1 or total != learner.probe.inventory(d + 1)["total"],
            f"With {d} inputs and with {d + 1}, parameters() holds {total} numbers.",
            mistake="fixed-size",
        )
        require(
            total == d + 1,
            f"With {d} inputs, parameters() holds {total} numbers; there are {d + 1}: a weight for "
            "each input and a bias.",
            mistake=known.get(total, "more-than-a-sum") if d > 1 and total >= d else None,
        )
        require(
            found["recording"] == total,
            f"Of {total} numbers in parameters(), {found['recording']} require grad.",
            mistake="frozen",
        )


@shapes
def test_columns(learner: Learner, gen: Gen) -> None:
    """logits and probabilities are columns"""
    for n, d in SIZES[:2]:
        x, w, b = _numbers(gen, n, d)
        net = learner.probe.filled(w, b)
        net.logits(x.clone())
        net.forward(x)


@values
def test_logits(learner: Learner, gen: Gen) -> None:
    """logits are the weighted sum plus the bias"""
    for n, d in SIZES:
        x, w, b = _numbers(gen, n, d)
        net = learner.probe.filled(w, b)
        got, want = net.logits(x.clone()), (x @ w + b).unsqueeze(1)
        require(
            n < 70 or torch.allclose(net.logits(x.clone()), got),
            "Two calls of logits with the same rows give other answers.",
            mistake="layer-made-in-forward",
        )
        close(got, want, "the column of logits")
        if n == 7:
            got, want = net.logits(300 * x), (300 * x @ w + b).unsqueeze(1)
            peak, top = float(got.abs().max()), float(want.abs().max())
            cut = peak < 0.99 * top and torch.allclose(got.double(), want.clamp(-peak, peak))
            text = f"No logit is larger than {peak:.4g}; the largest should be {top:.4g}."
            require(not cut, text, mistake="logits-bent")
            close(got, want, "the column of logits")


@values
def test_probabilities(learner: Learner, gen: Gen) -> None:
    """calling the model gives the sigmoid of the logits"""
    x, w, b = gen.randn(40, 2), gen.uniform(1, 2, 2), 0.1 * gen.rand(1)
    net = learner.probe.filled(w, b)
    some = set(net(x).unique().tolist())
    require(some != {0.0, 1.0}, "Every answer is exactly 0 or 1.", mistake="decided-already")
    text = f"All {len(x)} rows got the same probability, {min(some):.4g}."
    require(len(some) > 1, text, mistake=None if some == {1.0} else "same-for-all-rows")
    for n, d in SIZES:
        x, w, b = _numbers(gen, n, d)
        net = learner.probe.filled(w, b)
        close(net(x.clone()), torch.sigmoid(x @ w + b).unsqueeze(1), "the probability")


@gradients
def test_gradients(learner: Learner, gen: Gen) -> None:
    """gradients reach the weights and the bias"""
    for n, d in SIZES:
        x, w, b = _numbers(gen, n, d)
        p = torch.sigmoid(x @ w + b).unsqueeze(1)
        for method, slope in (("logits", torch.ones(n, 1)), ("forward", p * (1 - p))):
            g = gen.uniform(0.5, 1.5, n, 1)
            got = learner.probe.gradients(method, w, b, x, g)
            for found, want, name in zip(
                got, ((x * slope * g).sum(0), (slope * g).sum(0)), ("weights", "bias"), strict=True
            ):
                require(
                    found is not None,
                    f"No gradient reaches the {name} through `{method}`.",
                    mistake="cut-off",
                )
                close(found, want, f"the gradient of the {name} through `{method}`", bar=name)
