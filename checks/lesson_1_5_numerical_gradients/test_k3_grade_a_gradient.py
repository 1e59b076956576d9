"""1.5.3: right gradients in several units, wrong ones of many kinds.

Right ones come from autograd. Measured over 300 seeds, a central difference misses them by
4e-9 of their length at most with h from 1e-4 to 1e-6 (one-sided with 1e-7: 3e-7); the smallest
error that is planted is 1e-4 of the length. Every line between is right. Long, because answers
that are only True or False say little: which of them are wrong, and at which places f was called,
tells the mistake.
"""

import torch
from torch import Tensor

from dojo.suite.vocabulary import Gen, Learner, Spy, require, shapes, values

UNITS = (2.0**-27, 2.0**27)


class Problem:
    """A function, a point and the gradient there; the function is built by the probe."""

    def __init__(self, learner: Learner, gen: Gen, kind: str, n: int) -> None:
        self.learner = learner
        self.kind = kind
        self.x = gen.uniform(0.4, 2.0, n) * (2 * gen.randint(0, 2, n) - 1)
        self.c = gen.uniform(0.3, 1, n)
        self.d = gen.uniform(0.5, 1.5, n) * (2 * gen.randint(0, 2, n) - 1)
        f = learner.probe.module.function(kind, self.c, self.d, self.x, 1.0)
        self.gradient = torch.autograd.functional.jacobian(f, self.x)

    def accepts(self, claimed: Tensor, unit: float = 1.0) -> bool:
        """What the learner says of a claimed gradient; in float32 mode the point is rounded.

        Function and claim may be in another unit, a power of two: every digit stays the same.
        """
        about = (self.kind, self.c, self.d, self.x.clone(), unit, unit * claimed)
        self.seen = self.learner.probe.gradient_is_right(*about)
        answer = self.seen["answer"]
        require(isinstance(answer, bool), f"The answer is {answer!r}, not a bool.")
        return bool(answer)

    def why_refused(self) -> str | None:
        """Which mistake refuses the right gradient, as far as the calls tell."""
        n, g, moves = len(self.x), self.gradient, self.seen["moves"]
        if not len(moves):
            return "never-measured"
        counts, lengths = (moves.abs() > 1e-14).sum(dim=1).tolist(), moves.norm(dim=1)
        h, paired = float(lengths.max()), len(moves) == 2 * n
        paired = paired and float((moves[::2] + moves[1::2]).abs().max()) <= 1e-14
        usual = paired and bool((lengths > 1e-7).all() and (lengths < 1e-3).all())
        single = self.seen["single"]
        turned, twice = self.accepts(-g), self.accepts(2 * g)
        known = {
            "turned-round": twice and turned,
            "other-distance": twice,
            "sign": turned,
            "float32": single,
            "all-moved": n > 1 and min(counts) > 1,
            "left-moved": n > 1 and max(counts) > 1,
            "one-sided": 0 in counts and len(moves) in (n + 1, 2 * n) and h > 2e-9,
            "some-entries-only": len(moves) == 2 * (n - 1)
            and any(self.accepts(g * (1 - e)) for e in torch.eye(n)),
        }
        if paired and not any(known.values()):
            claims = (g * h * h, g * 2 * h, g * self.x)
            known["other-distance"] = any(self.accepts(claim) for claim in claims)
        known["other-step"] = bool((lengths[lengths > 0] < 2e-9).all()) or (paired and h > 5e-3)
        known["too-tight"] = usual
        return next((mistake for mistake, made in known.items() if made), None)

    def why_accepted(self) -> str | None:
        """Which mistake accepts wrong gradients, told from errors in one entry at a time."""
        n, g = len(self.x), self.gradient
        if not self.accepts(g):
            return None
        moved = int((self.seen["moves"].abs() > 1e-14).any(dim=0).sum())
        off = g.norm() * torch.eye(n)
        more, less = [[self.accepts(g + s * o) for o in off] for s in (1, -1)]
        known = {
            "signed-errors": {sum(more), sum(less)} == {0, n},
            "some-entries-only": moved < n and any(more) and sum(more) == sum(less) < n,
            "one-decides": more == less
            and ((sum(more) == n - 1 and not (more[0] and more[-1])) or all(more))
            and not self.accepts(g + off.sum(dim=0)),
        }
        return next((mistake for mistake, made in known.items() if made), None)


@shapes
def test_bool(learner: Learner, gen: Gen) -> None:
    """the answer is a plain bool"""
    for n in (5, 1, 8):
        x = gen.uniform(0.4, 2.0, n)
        learner.gradient_is_right(Spy(_squares), x, 2 * x)


@values
def test_right(learner: Learner, gen: Gen) -> None:
    """right gradients are accepted"""
    for kind, n in 4 * (("waves", 5), ("product", 8), ("valley", 1)):  # many: for noise
        problem = Problem(learner, gen, kind, n)
        right = problem.accepts(problem.gradient)
        require(right, "A right gradient is refused.", mistake=problem.why_refused)


@values
def test_right_in_any_unit(learner: Learner, gen: Gen) -> None:
    """right gradients of the size 1e-8 and 1e8 are accepted"""
    for kind, n in (("waves", 6), ("product", 3)):
        problem = Problem(learner, gen, kind, n)
        known = "absolute-tolerance" if problem.accepts(problem.gradient) else None
        for unit in UNITS:
            text = f"A right gradient of the size {unit:.0e} is refused."
            require(problem.accepts(problem.gradient, unit), text, mistake=known)


@values
def test_small_entries(learner: Learner, gen: Gen) -> None:
    """right gradients with entries that are next to nothing are accepted"""
    other = Problem(learner, gen, "waves", 6)
    works = other.accepts(other.gradient)
    problem = Problem(learner, gen, "valley", 6)
    for unit, known in ((1.0, "entry-by-entry"), (UNITS[1], "absolute-tolerance")):
        text = "A right gradient with one large entry, the others a billionth of it, is refused."
        right = problem.accepts(problem.gradient, unit)
        require(right, text, mistake=known if works else None)


@values
def test_wrong(learner: Learner, gen: Gen) -> None:
    """wrong gradients are refused: multiples, wrong signs, zeros, entries in a wrong order"""
    problem = Problem(learner, gen, "waves", 6)
    g = problem.gradient
    half = torch.tensor([1.0, 1, 1, 0, 0, 0])
    longer = {f"{k:g} times the gradient": k * g for k in (2, 0.5, 6, 3, 1.2)}
    turned = {
        "the gradient in reverse": g.flip(0),
        "the gradient as a transposed matrix": g.reshape(2, 3).T.flatten(),
    }
    others = {
        "minus the gradient": -g,
        "zeros": 0 * g,
        "one half divided by n": g * half + g * (1 - half) / 6,
        "one half times n": g * half + g * (1 - half) * 6,
        "the gradient plus a constant": g + 0.1 * g.norm(),
        "the gradient without its largest entry": g * (g.abs() < g.abs().max()),
    }
    claims = {**longer, **turned, **others}
    through = [name for name, claim in claims.items() if problem.accepts(claim)]
    known = (
        ("direction-only", set(longer)),
        ("signed-errors", set(turned)),
        ("size-before-difference", {*turned, "minus the gradient"}),
        ("size-before-difference", {"minus the gradient"}),
        ("all-accepted", set(claims)),
    )
    mistake = next((m for m, names in known if names == set(through)), None)
    if not problem.accepts(g):  # what it accepts says nothing of how it compares
        mistake = None
    text = f"Accepted as right: {', '.join(through[:3])}."
    require(not through, text, mistake=mistake or problem.why_accepted)


@values
def test_one_entry(learner: Learner, gen: Gen) -> None:
    """one entry off by a ten-thousandth of the length is refused, whichever it is"""
    problem = Problem(learner, gen, "product", 5)
    g, off = problem.gradient, torch.eye(5) * problem.gradient.norm()
    small = 1.01e-4 * off
    seen = [i for i in range(5) if not any(problem.accepts(g + s * small[i]) for s in (1, -1))]
    gross = [i for i in range(5) if not problem.accepts(g + off[i])]
    loose = len(gross) == 5 and not seen and problem.accepts(g)
    text = f"An error of 1e-4 of the length passes in {5 - len(seen)} of 5 entries."
    require(len(seen) == 5, text, mistake="too-loose" if loose else problem.why_accepted)


@values
def test_many_entries(learner: Learner, gen: Gen) -> None:
    """gradients with many entries: the right one, and one with a single wrong entry"""
    problem = Problem(learner, gen, "waves", 70)
    g = problem.gradient
    require(problem.accepts(g), "A right gradient with 70 entries is refused.")
    other = Problem(learner, gen, "waves", 6)
    few = any(other.accepts(other.gradient + other.gradient.norm() * o) for o in torch.eye(6))
    for i in (69, gen.integer(64, 69), gen.integer(0, 64)):
        claim = g + g.norm() * (torch.arange(70) == i)
        text = f"Of 70 entries, entry {i} is off by the length of all, and that passes."
        why = other.why_accepted if few else "some-entries-only"
        require(not problem.accepts(claim), text, mistake=why)


@values
def test_arguments(learner: Learner, gen: Gen) -> None:
    """x and claimed hold afterwards what they held before"""
    x = gen.randint(4, 20, 5) / 8
    before, claimed = x.clone(), 2 * x
    learner.gradient_is_right(Spy(_squares), x, claimed)
    moved = float((x - before).norm())
    text = f"The caller's x is {moved:.2g} away from where it was."
    require(moved < 1e-10, text, mistake="left-moved")
    changed = float((claimed - 2 * before).norm())
    text = f"The caller's claimed is {changed:.2g} away from what it was."
    require(changed < 1e-10, text, mistake="claimed-changed")


@values
def test_again(learner: Learner, gen: Gen) -> None:
    """asked again after x has changed"""
    f, x = Spy(_squares), gen.uniform(0.4, 2.0, 4)
    claimed = 2 * x
    if learner.dtype != "float64":
        return  # what float32 measures with a step of 1e-5 is no gradient
    require(learner.gradient_is_right(f, x, claimed), "A right gradient is refused.")
    x += 1
    text = "The gradient at another x, where x was before, is accepted."
    require(not learner.gradient_is_right(f, x, claimed), text)
    claimed += 2
    text = "A right gradient is refused, after x and claimed have changed."
    require(learner.gradient_is_right(f, x, claimed), text)


@values
def test_wrong_in_any_unit(learner: Learner, gen: Gen) -> None:
    """wrong gradients of the size 1e-8 and 1e8 are refused"""
    problem = Problem(learner, gen, "waves", 4)
    g = problem.gradient
    off = 1.01e-4 * g.norm() * torch.eye(4)[1]
    claims = {"zeros": 0 * g, "twice the gradient": 2 * g, "an error of 1e-4 of it": g + off}
    for name, claim in claims.items():
        known = problem.why_accepted if problem.accepts(claim) else "absolute-tolerance"
        for unit in UNITS:
            text = f"For a gradient of the size {unit:.0e}, this passes: {name}."
            require(not problem.accepts(claim, unit), text, mistake=known)


@values
def test_nan(learner: Learner, gen: Gen) -> None:
    """a gradient with NaN in it is refused"""
    problem = Problem(learner, gen, "waves", 5)
    claims = [problem.gradient.clone(), torch.zeros(5), torch.full((5,), torch.nan)]
    for claim in claims:
        claim[3] = 2 * claim[3] + 1
    loose = any(problem.accepts(claim) for claim in claims[:2])
    known = problem.why_accepted if loose else "nan-passes"
    for claim in claims:
        claim[3] = torch.nan
        require(not problem.accepts(claim), "A gradient with NaN in it is accepted.", known)


def _squares(t: Tensor) -> Tensor:
    return t @ t
