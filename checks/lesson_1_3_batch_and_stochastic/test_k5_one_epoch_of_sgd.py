"""1.3.5: parameters and loss against plain SGD written out here, in float64.

Five epochs of equal steps in another order of operations differ by 1e-15.
"""

import torch
from torch import Tensor

from dojo.suite.vocabulary import (
    Gen,
    Landscape,
    Learner,
    close,
    draw,
    length,
    require,
    same,
    shapes,
    untouched,
    values,
)

Epoch = tuple[list[Tensor], float]


def data(gen: Gen, n: int, d: int, h: int = 0) -> tuple[list[Tensor], Tensor, Tensor]:
    """Parameters of a line or, with h hidden units, of a network; and points."""
    sizes = ((d, h), (h,), (h, 1), (1,)) if h else ((d, 1), (1,))
    return [gen.randn(*size) for size in sizes], 0.7 + gen.randn(n, d), 2 + gen.randn(n, 1)


def sgd(
    learner: Learner, params: list[Tensor], x: Tensor, y: Tensor, batches: list[Tensor], lr: float
) -> Epoch:
    total = 0.0
    for rows in batches:
        leaves = [p.clone().requires_grad_() for p in params]
        loss = learner.probe.module.loss_of(leaves, x[rows], y[rows])
        grads = torch.autograd.grad(loss, leaves)
        params = [p - lr * g for p, g in zip(params, grads, strict=True)]
        total += len(rows) * loss.item()
    return params, total / sum(map(len, batches))


def compare(learner: Learner, got: Epoch, want: Epoch, when: str, steps: int = 1) -> None:
    length(got[0], len(want[0]), "the list of new parameters")
    for i, (new, right) in enumerate(zip(got[0], want[0], strict=True)):
        close(new, right, f"parameter {i} after {when}", steps=steps)
    close(got[1], want[1], f"the loss of {when}", steps=steps)


def walks(learner: Learner, x: Tensor, y: Tensor) -> Landscape:
    """How the answer descends in four mini-batches an epoch, and with all rows in every step."""
    ways: dict[str, list[Tensor]] = {}
    for name, size in (("your full batch", len(x)), ("your mini-batches", len(x) // 4)):
        place = [torch.tensor([[-1.0]]), torch.tensor([-1.0])]
        ways[name] = [torch.cat([t.flatten() for t in place])]
        for k in range(24):
            rows = torch.arange(k * size, k * size + size) % len(x)
            place, _ = learner.sgd_epoch(place, x, y, [rows], 0.15, learner.probe.loss_fn())
            ways[name].append(torch.cat([t.flatten() for t in place]))
    ws, bs = torch.linspace(-1.2, 4, 33), torch.linspace(-1.5, 2.5, 33)
    grid = [[(x * w + b - y).square().mean().item() for w in ws] for b in bs]
    title = "your steps over the loss of all rows, seen from above"
    return Landscape.of(grid, (-1.2, 4.0), (-1.5, 2.5), ways, title=title)


@shapes
def test_same_shapes(learner: Learner, gen: Gen) -> None:
    """parameters of the same shapes that don't require grad, and a float"""
    for n, d, h in ((7, 3, 0), (5, 2, 4), (1, 1, 2)):
        params, x, y = data(gen, n, d, h)
        new, _ = learner.sgd_epoch(params, x, y, [torch.arange(n)], 0.1, learner.probe.loss_fn())
        same([list(p.shape) for p in new], [list(p.shape) for p in params], "the list of shapes")
        still = any(p.requires_grad for p in new)
        require(not still, "A new parameter requires grad.", mistake="still-recording")


@values
def test_one_batch(learner: Learner, gen: Gen) -> None:
    """one mini-batch: one step on every parameter"""
    for n, d, h, k in ((7, 3, 0, 7), (9, 2, 4, 5), (80, 2, 3, 70), (4, 3, 0, 1)):
        params, x, y = data(gen, n, d, h)
        batches = [gen.permutation(n)[:k]]
        got = learner.sgd_epoch(params, x, y, batches, 0.13, learner.probe.loss_fn())
        untouched(learner)
        compare(learner, got, sgd(learner, params, x, y, batches, 0.13), "one mini-batch")


@values
def test_several_batches(learner: Learner, gen: Gen) -> None:
    """several mini-batches, the last one smaller"""
    for n, d, h, size in ((11, 3, 0, 4), (9, 2, 4, 2)):
        params, x, y = data(gen, n, d, h)
        batches = list(gen.permutation(n).split(size))
        got = learner.sgd_epoch(params, x, y, batches, 0.07, learner.probe.loss_fn())
        want = sgd(learner, params, x, y, batches, 0.07)
        compare(learner, got, want, f"mini-batches of {', '.join(str(len(b)) for b in batches)}")


@values
def test_any_iterable(learner: Learner, gen: Gen) -> None:
    """an iterator, and mini-batches that don't hold every row"""
    params, x, y = data(gen, 10, 2, 3)
    batches = list(gen.permutation(10)[:7].split([3, 1, 3]))
    once = learner.probe.once(batches)
    got = learner.sgd_epoch(params, x, y, once, 0.05, learner.probe.loss_fn())
    compare(
        learner, got, sgd(learner, params, x, y, batches, 0.05), "mini-batches from an iterator"
    )


@values
def test_five_epochs(learner: Learner, gen: Gen) -> None:
    """five epochs, each with the parameters of the one before"""
    points = gen.randn(20, 1) + 0.5
    draw(learner, lambda: walks(learner, points, 2 * points + 1 + gen.randn(20, 1)))
    start, x, y = data(gen, 8, 3, 5)
    got, want, loss_fn = (start, 0.0), (start, 0.0), learner.probe.loss_fn()
    for _ in range(5):
        batches = list(gen.permutation(8).split(3))
        got = learner.sgd_epoch(got[0], x, y, batches, 0.04, loss_fn)
        want = sgd(learner, want[0], x, y, batches, 0.04)
    compare(learner, got, want, "five epochs", steps=15)
