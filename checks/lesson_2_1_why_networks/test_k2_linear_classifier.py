"""2.1.2: what is registered, then logits, probabilities and gradients at known weights.

A probe puts the numbers into whatever the parameters are called, so no name is asked for, and
the initial values are the learner's choice. Where there are probabilities, logits lie within 6 of
zero, where the sigmoid is neither 0 nor 1; the closed form of its derivative is p * (1 - p).
Rounding: 1e-16.
"""

from functools import partial

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
        found = learner.probe.inventory(d)
        total, recording = found["total"], found["recording"]
        text = "Two calls of a new model with the same rows give other answers."
        require(found["repeats"], text, mistake="layer-made-in-forward")
        text = "parameters() is empty: an optimizer would find nothing to train."
        require(total > 0, text, mistake="plain-tensors")
        if total == 2 * d != d + 1:  # as many numbers as a layer with its two sides exchanged
            learner.LinearClassifier(d).logits(gen.randn(3, d))
        fixed = d > 1 and total != d + 1 and total == learner.probe.inventory(d + 1)["total"]
        text = f"With {d} inputs and with {d + 1}, parameters() holds {total} numbers."
        require(not fixed, text, mistake="fixed-size")
        twice = "two-outputs" if found["two_rows"] else "layer-for-each-method"
        known = {d: "no-bias", d + 2: "second-bias", 2 * d: "second-bias", 2 * d + 2: twice}
        mistake = known.get(total, "more-than-a-sum") if d > 1 and total >= d else None
        text = f"With {d} inputs, parameters() holds {total} numbers; there are {d + 1}: a weight "
        require(total == d + 1, f"{text}for each input and a bias.", mistake)
        text = f"Of {total} numbers in parameters(), {recording} require grad."
        require(recording == total, text, mistake="frozen")


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
        close(net.logits(x.clone()), (x @ w + b).unsqueeze(1), "the column of logits")
        if n == 7:
            got, want = net.logits(300 * x), (300 * x @ w + b).unsqueeze(1)
            peak = float(got.detach().abs().max())
            cut = {"logits-bent": partial(want.clamp, -peak, peak)}
            close(got, want, "the column of large logits", otherwise=cut)


@values
def test_probabilities(learner: Learner, gen: Gen) -> None:
    """calling the model gives the sigmoid of the logits"""
    x, w, b = gen.randn(40, 2), gen.uniform(1, 2, 2), 0.1 * gen.rand(1)
    net = learner.probe.filled(w, b)
    some = net(x).unique().tolist()
    require(some != [0, 1], "Every answer is exactly 0 or 1.", mistake="decided-already")
    text = f"All {len(x)} rows got the same probability, {some[0]:.4g}."
    require(len(some) > 1, text, mistake=None if some == [1] else "same-for-all-rows")
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
            wants = (x * slope * g).sum(0), (slope * g).sum(0)
            for found, want, name in zip(got, wants, ("weights", "bias"), strict=True):
                text = f"No gradient reaches the {name} through `{method}`."
                require(found is not None, text, mistake="cut-off")
                close(found, want, f"the gradient of the {name} through `{method}`", bar=name)
