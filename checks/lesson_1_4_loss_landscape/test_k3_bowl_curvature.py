"""1.4.3: the Hessian against autograd's, the lowest place against the orthogonal projection.

The features are made from orthogonal columns, so that the bowl is round enough (condition below
60) for answers by any formula to agree to 1e-12. Where the lowest place is not unique it is judged
by its predictions, which are.
"""

import torch
from torch import Tensor
from torch.autograd.functional import hessian

from dojo.suite.vocabulary import (
    Gen,
    Landscape,
    Learner,
    close,
    draw,
    finite,
    shapes,
    untouched,
    values,
)


def data(gen: Gen, n: int, d: int) -> tuple[Tensor, Tensor]:
    """Features of unequal spread that are correlated with the constant, and targets."""
    columns = torch.linalg.qr(gen.randn(n, d + 1))[0][:, 1:] * n**0.5
    return columns * gen.uniform(0.8, 1.6, d) + gen.uniform(0.3, 0.7, d), 2 + gen.randn(n)


def right(x: Tensor, y: Tensor) -> tuple[Tensor, Tensor]:
    def loss(theta: Tensor) -> Tensor:
        return (x @ theta[:-1] + theta[-1] - y).square().mean()

    full = torch.cat([x, torch.ones(len(x), 1, dtype=x.dtype)], dim=1)
    curves = hessian(loss, torch.zeros(x.shape[1] + 1, dtype=x.dtype))
    assert isinstance(curves, Tensor)
    return curves, torch.linalg.pinv(full) @ y


def pulled(a: Tensor, y: Tensor, theta: Tensor) -> Tensor:
    """The lowest place where something was added to the diagonal, as much as fits theta best."""
    added = (y - a @ theta) @ (a @ theta) / theta.square().sum().clamp(min=1e-30)
    return torch.linalg.solve(a.T @ a + added * torch.eye(len(theta)), a.T @ y)


def judge(learner: Learner, x: Tensor, y: Tensor) -> None:
    curves, lowest = learner.quadratic_model(x, y)
    untouched(learner)
    want_curves, want_lowest = right(x, y)
    close(curves, want_curves, "the Hessian")
    full = torch.cat([x, torch.ones(len(x), 1)], dim=1)
    ridge = {"pushed-to-zero": lambda: pulled(full, y, lowest.double())}
    close(lowest, want_lowest, "the lowest place", otherwise=ridge)


@shapes
def test_d_plus_one(learner: Learner, gen: Gen) -> None:
    """a row and a column for each parameter, b among them"""
    for n, d in ((7, 3), (6, 1), (90, 2)):
        learner.quadratic_model(*data(gen, n, d))


@values
def test_bowl(learner: Learner, gen: Gen) -> None:
    """the Hessian and the lowest place of several bowls"""
    for n, d in ((8, 2), (7, 3), (5, 1), (90, 2)):
        judge(learner, *data(gen, n, d))


@values
def test_even_grid(learner: Learner, gen: Gen) -> None:
    """100 points evenly on [-1, 1]: curvatures 0.68 and 2"""
    x = torch.linspace(-1, 1, 100).reshape(100, 1)
    y = 2 * x[:, 0] - 1 + 0.1 * gen.randn(100)
    draw(learner, lambda: bowl(learner, x, y))
    judge(learner, x, y)


@values
def test_asked_again(learner: Learner, gen: Gen) -> None:
    """the same tensors with other numbers in them have another bowl"""
    x, y = data(gen, 6, 2)
    draw(learner, lambda: bowl(learner, x[:, :1] + 0.5, y))
    for factor in (1.0, -1.4):
        x *= factor
        y *= factor
        judge(learner, x, y)


@values
def test_many_lowest_places(learner: Learner, gen: Gen) -> None:
    """fewer rows than parameters"""
    # With powers of 2 an elimination meets an exact 0, so that no inverse comes out by luck.
    powers = torch.tensor([[2.0, 4.0], [4.0, -2.0], [-2.0, 8.0]])
    for x in (powers[gen.integer(0, 3)][None], gen.randn(2, 3), gen.randn(3, 4) + 1):
        y = 1 + gen.randn(len(x))
        curves, lowest = learner.quadratic_model(x, y)
        finite(lowest, "the lowest place")
        want_curves, want_lowest = right(x, y)
        close(curves, want_curves, "the Hessian")
        full = torch.cat([x, torch.ones(len(x), 1)], dim=1)
        close(full @ lowest.double(), full @ want_lowest, "the predictions at the lowest place")


def bowl(learner: Learner, x: Tensor, y: Tensor) -> Landscape:
    """The answer's own bowl, with its two axes: along each the loss rises by as much."""
    curves, lowest = learner.quadratic_model(x, y)
    heights, turned = torch.linalg.eigh(curves)
    ends = [(turned[:, k] / heights[k].sqrt()) for k in range(2)]
    far = 1.3 * torch.stack(ends).abs().amax(dim=0)
    ws, bs = (torch.linspace(-1, 1, 33) * f + c for f, c in zip(far, lowest, strict=True))
    steps = torch.stack(torch.meshgrid(ws, bs, indexing="xy"), dim=-1) - lowest
    grid = 0.5 * torch.einsum("jik,kl,jil->ji", steps, curves, steps)
    names = [f"curvature {h:.3g}" for h in heights.tolist()]
    axes = {n: [lowest - e, lowest + e] for n, e in zip(names, ends, strict=True)}
    xlim, ylim = (ws[0].item(), ws[-1].item()), (bs[0].item(), bs[-1].item())
    return Landscape.of(grid, xlim, ylim, axes, title="your bowl and its axes, seen from above")
