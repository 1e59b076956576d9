"""1.5.1: the same quotient for large h, the true gradient for the default h, and x as it was.

For h of 0.05 and more the quotient's rounding is eps * |f| / h = 1e-14, so it is compared like any
formula. At 1e-5 a right answer misses the true gradient of the norm by 8e-11 at most (1,000 seeds;
rounding of 1e-16 / h and h squared, about equally), with h 1e-4 or 1e-6 by 4e-9; one-sided
differences miss it by 1.7e-6 at least, float32 by 1e-3. x put back by adding and subtracting h
differs by 1e-16.
"""

from collections.abc import Callable

import torch
from torch import Tensor

from dojo.suite.vocabulary import Gen, Learner, Spy, close, require, shapes, values
from dojo.wire.values import facts_of


def _point(gen: Gen, n: int) -> Tensor:
    return gen.uniform(0.4, 2.0, n) * (2 * gen.randint(0, 2, n) - 1)


@shapes
def test_one_entry_each(learner: Learner, gen: Gen) -> None:
    """one slope for each entry of x"""
    for n in (5, 1):
        x = _point(gen, n)
        learner.numeric_grad(torch.norm, x, 0.1)
        learner.numeric_grad(Spy(_cubic(gen.rand(n))), x, 0.1)


@values
def test_quotient(learner: Learner, gen: Gen) -> None:
    """for large h: the change from x - h to x + h, divided by the distance"""
    for f, n in ((torch.norm, 5), (torch.std, 4), (torch.norm, 1), (torch.std, 7)):
        x, h = _point(gen, n), float(gen.uniform(0.05, 0.3))
        close(
            learner.numeric_grad(f, x.clone(), h), _quotient(f, x, h), f"the result for h = {h:.3f}"
        )


@values
def test_gradient(learner: Learner, gen: Gen) -> None:
    """for the default h: the gradient, to eight digits and in float64"""
    tolerance = 1e-8 if learner.dtype == "float64" else 1e-4
    for n in (6, 1, 3):
        x = _point(gen, n)
        want = x / x.norm()
        got = learner.numeric_grad(torch.norm, x.clone())
        error = float((got - want).norm())
        text = f"The gradient of the length of x is off by {error:.1e} of its size."
        facts = facts_of(got)
        if facts is None or facts.dtype != "float64":
            kept = error < 1e-6  # only the result was rounded
            text += " The result is not in float64."
            require(False, text, mistake="stored-in-float32" if kept else "float32")
        require(error < tolerance, text, error=error)


@values
def test_x_stays(learner: Learner, gen: Gen) -> None:
    """x holds afterwards what it held before"""
    x = _point(gen, 5)
    before = x.clone()
    learner.numeric_grad(torch.norm, x, 0.25)
    close(x, before, "x after the call")


@values
def test_again(learner: Learner, gen: Gen) -> None:
    """asked again: after x has changed, for another function, for many entries"""
    x, h = _point(gen, 5), 0.25
    for f, factor in ((torch.norm, 1.0), (torch.norm, 2.0), (torch.std, 1.0)):
        x[2] *= factor  # the same tensor, with another number in it
        close(learner.numeric_grad(f, x, h), _quotient(f, x, h), "the result")
    x = _point(gen, 70)
    close(learner.numeric_grad(torch.norm, x, h), _quotient(torch.norm, x, h), "the result")


@values
def test_any_function(learner: Learner, gen: Gen) -> None:
    """functions that are not torch's: products of entries, whole powers"""
    for n in (4, 1):
        x, c, h = _point(gen, n), gen.uniform(1, 2, n), 0.125
        want = c * (3 * x**2 + h**2) + 2 * (c @ x) * c  # worked out from the central difference
        got = learner.numeric_grad(Spy(_cubic(c)), x.clone(), h)
        close(got, want, "the result for c @ x**3 + (c @ x)**2")


def _quotient(f: Callable[[Tensor], Tensor], x: Tensor, h: float) -> Tensor:
    steps = h * torch.eye(len(x), dtype=torch.float64)
    return torch.stack([(f(x + s) - f(x - s)) / (2 * h) for s in steps])


def _cubic(c: Tensor) -> Callable[[Tensor], Tensor]:
    def cubic(t: Tensor) -> Tensor:
        return c @ t**3 + (c @ t) ** 2

    return cubic
