"""9.1.2: every way across the wall."""

import torch
from dojo.suite.vocabulary import (
    Gen,
    Learner,
    ModuleType,
    agree,
    close,
    draws_from,
    gradients,
    record,
    require,
    same,
    untouched,
    values,
)


@values
def test_in_place(learner: Learner, gen: Gen) -> None:
    """both tensors are halved in place"""
    a, b = gen.randn(3), gen.randn(2)
    old_a, old_b = a.clone(), b.clone()
    pair = record("Pair", a=a, b=b)
    learner.halve(pair)
    require(pair.a is a, "the pair holds another tensor")
    close(a, old_a / 2, "a")
    close(b, old_b / 2, "b")


@values
def test_callback(learner: Learner, gen: Gen) -> None:
    """the function is asked twice, x is put back"""
    seen: list[float] = []

    def f(x: torch.Tensor) -> torch.Tensor:
        seen.append(float(x[0]))
        return x.sum()

    x = gen.randn(4)
    got = learner.sum_of(f, x)
    untouched(learner, "x")
    close(got, 3 * float(x.sum()), "the sum")
    close(seen, [float(x[0]), 2 * float(x[0])], "the arguments of f")


@values
def test_generator(learner: Learner, gen: Gen) -> None:
    """the same generator state gives the same numbers"""
    source = gen.generator()
    state = source.get_state()
    first = learner.draw(5, source)
    require(not learner.last.rng_advanced, "the global generator was used")
    require(not torch.equal(source.get_state(), state), "gen was not used")
    source.set_state(state)
    close(learner.draw(5, source), first, "the second draw")


@values
def test_handles(learner: Learner, gen: Gen) -> None:
    """objects and iterators of the learner's"""
    counter = learner.Counter(2)
    same(counter.add(gen.randn(3)), 5)
    same(counter.add(gen.randn(4)), 9)
    same(counter.get("total"), 9)
    close([float(t) for t in learner.count(3)], [0.0, 1.0, 2.0])


@values
def test_probe(learner: Learner, gen: Gen) -> None:
    """a probe sees the same objects"""
    x = gen.randn(3)
    want = float(x.sum()) / 2
    total, is_same = learner.probe.loss_of(x)
    close(total, want)
    same(is_same, True)


@values
def test_agreement(learner: Learner, gen: Gen, reference: ModuleType) -> None:
    """a class and a probe do what the solution's do"""
    agree(learner, reference, "Counter", 2, then=[("add", gen.randn(3)), ("add", gen.randn(4))])
    agree(learner, reference, "probe.loss_of", gen.randn(3))
    draws_from(learner, gen, lambda g: learner.draw(5, g), "numbers")


@gradients
def test_vjp(learner: Learner, gen: Gen) -> None:
    """the result can be differentiated"""
    x, g = gen.randn(4), gen.randn(4)
    for act in (torch.tanh, torch.relu):
        back = learner.vjp("activate", x, act, cotangent=g)
        leaf = x.clone().requires_grad_()
        (want,) = torch.autograd.grad(act(3 * leaf), leaf, g)
        close(back.value, act(3 * x))
        close(back.grads[0], want, "the gradient of x")
