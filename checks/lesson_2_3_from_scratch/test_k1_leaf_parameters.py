"""2.3.1: sizes, leaves, zero biases, the spread of the weights, and where their draws come from.

Spread: a matrix here has 98,304 weights or more, so their mean is known to 1.8 % of `scale` and
their standard deviation to 1.3 % (`moments`). For another scale an eighth as many will do.
"""

import math
from functools import partial

import torch
from torch import Tensor

from dojo.suite.vocabulary import Gen, Learner, draws_from, moments, require, same, shapes, values
from dojo.wire.values import facts_of

Given = dict[str, tuple[float, ...]]

NAMES = ("w1", "b1", "w2", "b2")


@shapes
def test_sizes(learner: Learner, gen: Gen) -> None:
    """each parameter has its shape"""
    for i, h, o in ((3, 5, 2), (2, 1, 3), (1, 1, 1)):
        # The first call doesn't hold it to its signature, which would blame b1 for what w1 is.
        w1 = learner.probe.shape_of_w1(i, h, o, 0.5, gen.generator())
        text = f"w1 has shape {(h, i)}, but with {i} inputs and {h} hidden units it is {(i, h)}."
        require(w1 != [h, i] or w1 == [i, h], text, mistake="transposed")
        p = learner.init_params(i, h, o, 0.5, gen.generator())
        for name, want in zip(NAMES, ([i, h], [h], [h, o], [o]), strict=True):
            sizes = f"with {i} inputs, {h} hidden units and {o} outputs"
            same(list(getattr(p, name).shape), want, f"the shape of {name} {sizes}")


@values
def test_leaves(learner: Learner, gen: Gen) -> None:
    """all four are leaves that require grad"""
    p = learner.init_params(3, 5, 2, 0.5, gen.generator())
    facts = {name: facts_of(getattr(p, name)) for name in NAMES}
    silent = [n for n, f in facts.items() if f is None or not f.requires_grad]
    require(
        not silent,
        f"requires_grad is False for {', '.join(silent)}: no gradient is collected there.",
        mistake="grad-forgotten",
        without_grad=" ".join(silent),
    )
    computed = [n for n, f in facts.items() if f is None or not f.is_leaf]
    require(
        not computed,
        f"No leaf but the result of a computation (is_leaf is False): {', '.join(computed)}. "
        "backward() fills .grad of leaves only.",
        mistake="scaled-after",
        no_leaf=" ".join(computed),
    )


@values
def test_biases(learner: Learner, gen: Gen) -> None:
    """the biases are zero"""
    p = learner.init_params(3, 5, 4, 0.5, gen.generator())
    for name in ("b1", "b2"):
        worst = float(getattr(p, name).detach().abs().max())
        text = f"{name} is not zero everywhere: its largest entry is {worst:.3g} in size."
        require(worst == 0.0, text, mistake="biases-not-zero", largest=worst)


@values
def test_spread(learner: Learner, gen: Gen) -> None:
    """the weights have mean 0 and standard deviation `scale`"""
    for i, h, o, scale in ((256, 384, 320, 0.4), (96, 128, 112, 2.5)):
        p = learner.init_params(i, h, o, scale, gen.generator())
        for name in ("w1", "w2"):
            w = getattr(p, name).detach()
            text = f"All weights in {name} are {float(w[0, 0]):.3g}."
            require(not _flat(w), text, mistake="equal-units")
            means, spreads = _otherwise(scale, *w.shape)
            moments(w, 0, scale, f"{name} with scale {scale}", means, spreads)


@values
def test_own_draws(learner: Learner, gen: Gen) -> None:
    """each weight is a draw of its own"""
    p = learner.init_params(6, 6, 6, 0.7, gen.generator())
    for name in ("w1", "w2"):
        w = getattr(p, name).detach()
        repeated = bool((w == w[:1]).all()) or bool((w == w[:, :1]).all())
        require(
            _flat(w) or not repeated,
            f"In {name} the same numbers stand in every row or in every column, so all units of "
            "a layer would stay copies of each other.",
            mistake="equal-units",
        )
    same = not _flat(p.w1) and torch.equal(p.w1.detach(), p.w2.detach())
    require(not same, "w1 and w2 hold the same draws.", mistake="reseeds")
    for scale in (0.4, 2.5):
        p = learner.init_params(1, 2, 1, scale, gen.generator())
        for name in ("w1", "w2"):
            _judge_pair(getattr(p, name).detach().flatten(), name, scale)


@values
def test_memory(learner: Learner, gen: Gen) -> None:
    """changing one parameter in place changes nothing else"""
    for i, h, o in ((3, 4, 4), (5, 5, 3)):
        p = learner.init_params(i, h, o, 0.5, gen.generator())
        for name in NAMES:
            before = {n: getattr(p, n).detach().clone() for n in NAMES}
            changed = learner.probe.add_one(p, name)
            moved = {n: getattr(p, n).detach() - old for n, old in before.items()}
            # Not the rounding of float64 to float32 and back.
            others = [n for n in NAMES if n != name and bool((moved[n].abs() > 0.5).any())]
            text = f"1 was added to {name} in place, and {', '.join(others)} changed with it."
            require(not others, text, mistake="memory-shared")
            right = changed and bool((moved[name] - 1).abs().max() < 1e-4)
            text = f"1 can't be added in place to every number of {name}: some share one place."
            require(right, text, mistake="memory-shared")


@values
def test_source(learner: Learner, gen: Gen) -> None:
    """the weights are drawn from gen, others from each state of it"""

    def draw(name: str, source: torch.Generator) -> Tensor:
        return getattr(learner.init_params(3, 5, 2, 0.5, source), name)

    known = {"elsewhere": "global-draws", "fixed": "reseeds", "restarts": "reseeds"}
    for name in ("w1", "w2"):
        some = draw(name, gen.generator()).detach()
        calm = torch.full_like(some, float(some[0, 0]))
        draws_from(learner, gen, partial(draw, name), f"numbers in {name}", calm=calm, **known)


def _flat(w: Tensor) -> bool:
    """All numbers are equal; the check of the spread tells that, no other need."""
    return bool((w == w[0, 0]).all())


def _judge_pair(w: Tensor, name: str, scale: float) -> None:
    """Two draws of their own have neither exactly the mean 0 nor exactly the spread."""
    mean, std = float(w.mean()), float(w.std())
    require(
        bool(w[0] == w[1]) or (abs(mean) > 1e-9 * scale and abs(std / scale - 1) > 1e-9),
        f"The only two weights of {name} have mean {mean:.3g} and standard deviation {std:.3g}, "
        f"exactly as scale {scale} says, which chance never does: they were adjusted afterwards.",
        mistake="standardised" if abs(std / scale - 1) < 1e-9 else None,
    )


def _otherwise(scale: float, rows: int, columns: int) -> tuple[Given, Given]:
    """The means and the standard deviations that known mistakes give."""
    half_normal = math.sqrt(2 / math.pi)
    means: Given = {
        "scale-added": (scale,),
        "uniform-draws": (scale / 2, 0.5),
        "no-negative": (scale * half_normal,),
    }
    rules = (1 / rows, 2 / rows, 2 / (rows + columns), 1 / columns, 2 / columns)
    spreads: Given = {
        "scale-as-variance": (math.sqrt(scale), scale**2),
        "scale-ignored": (1.0,),
        "divided-by-scale": (1 / scale,),
        "uniform-draws": (3**-0.5 * scale,),
        "scaled-by-width": tuple(c * math.sqrt(rule) for rule in rules for c in (1, scale)),
    }
    return means, spreads
