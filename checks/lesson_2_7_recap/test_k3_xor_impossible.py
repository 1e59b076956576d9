"""2.7.3: lines on a grid against all of them at once, training against its path written out.

Points and grids are such that no logit lies near 0 without being exactly 0, and numbers of rows
are powers of two: every style comes to the same share. Of trainings 1e-6 is allowed, norm-wise
(1e-3 in float32): rounding is far below that, but some keep their logarithms away from 0.

Where trainings end: from these starts (closed formulas, nothing is drawn) the line's loss comes
to ln 2 within 1e-6, 8 tanh units come to 0.0033, and the two stuck networks to 0.4774 and 0.3466
within 0.002.
"""

import math
from functools import partial
from itertools import product

import torch
from torch import Tensor

from dojo.suite.vocabulary import (
    Gen,
    Handle,
    Learner,
    boundary_of,
    close,
    convergence,
    count,
    draw,
    gradients,
    require,
    shapes,
    untouched,
    values,
)

X = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]], dtype=torch.float64)
XOR = torch.tensor([[0.0], [1.0], [1.0], [0.0]], dtype=torch.float64)
LN2 = math.log(2)
ALLOWED = (1e-6, 1e-3)  # shares of the size, in float64 and in float32


def _logits(x: Tensor, grid: int) -> Tensor:
    """Of every line of the grid, one a row."""
    ends = torch.linspace(-1, 1, grid)
    w1, w2, b = torch.cartesian_prod(ends, ends, ends).T.unsqueeze(2)
    return w1 * x[:, 0] + w2 * x[:, 1] + b


def _best(x: Tensor, y: Tensor, grid: int) -> float:
    right = (_logits(x, grid) > 0) == (y.flatten() > 0.5)
    return float(right.double().mean(dim=1).max())


def _points(gen: Gen, n: int, grid: int) -> Tensor:
    """Points on a lattice whose logits are exact, or such that none comes near 0."""
    if grid in (2, 3, 5):
        return gen.randint(-8, 12, n, 2).double() / 8
    while True:
        x = gen.uniform(-1, 1.5, n, 2)
        if float(_logits(x, grid).abs().min()) > 1e-4:
            return x


def _loss(act: str, numbers: list[Tensor]) -> Tensor:
    if act:
        w1, b1, w2, b2 = numbers
        z = getattr(torch, act)(X @ w1.T + b1) @ w2.T + b2
    else:
        z = (X @ numbers[0] + numbers[1]).unsqueeze(1)
    p = torch.sigmoid(z)
    return -(XOR * p.log() + (1 - XOR) * (1 - p).log()).mean()


def _path(act: str, start: list[Tensor], lr: float, epochs: int) -> tuple[Tensor, Tensor]:
    """The loss after so many steps of plain gradient descent, and all parameters in a row."""
    numbers = [t.clone().requires_grad_() for t in start]
    for _ in range(epochs):
        grads = torch.autograd.grad(_loss(act, numbers), numbers)
        with torch.no_grad():
            for t, grad in zip(numbers, grads, strict=True):
                t -= lr * grad
    row = torch.cat([t.detach().reshape(-1) for t in numbers])
    return _loss(act, numbers).detach(), row


def _start(gen: Gen, act: str, h: int = 3) -> list[Tensor]:
    if not act:
        return [gen.randn(2), 0.5 + gen.rand(1)]
    return [gen.randn(h, 2), 0.3 + gen.rand(h), gen.randn(1, h), 0.3 + gen.rand(1)]


@shapes
def test_a_share_and_a_loss(learner: Learner, gen: Gen) -> None:
    """a share from 0 to 1, and a loss"""
    share = learner.best_line(X.clone(), XOR.clone(), 3)
    require(0 <= share <= 1, f"best_line gave {share:.4g}; a share lies between 0 and 1.")
    learner.probe.trained("tanh", _start(gen, "tanh"), 0.5, 2)


@values
def test_corners(learner: Learner, gen: Gen) -> None:
    """the best lines for XOR, AND, OR and all other labels of the corners"""
    every = [torch.tensor(labels).unsqueeze(1) for labels in product((0.0, 1.0), repeat=4)]
    asked = [(XOR, grid) for grid in (3, 5, 2)]
    asked += [(y, grid) for grid in (3, 2) for y in every]
    _shares(learner, [(X, y, grid) for y, grid in asked], "the corners labelled ")


@values
def test_any_points(learner: Learner, gen: Gen) -> None:
    """the best lines for other points"""
    asked: list[tuple[Tensor, Tensor, int]] = []
    for n, grid in ((16, 5), (8, 4), (8, 2), (64, 3), (1, 3), (8, 6), (2, 2), (128, 2)):
        asked.append((_points(gen, n, grid), gen.randint(0, 2, n, 1).double(), grid))
    _shares(learner, asked, "points labelled ")


def _shares(learner: Learner, asked: list[tuple[Tensor, Tensor, int]], of: str) -> None:
    """Compared when all have been asked for: one share alone says little."""
    found: list[float] = []
    for x, y, grid in asked:
        found.append(learner.best_line(x.clone(), y.clone(), grid))
        untouched(learner)
    for share, (x, y, grid) in zip(found, asked, strict=True):
        labels = ", ".join(f"{v:.0f}" for v in y.flatten()[:4]) + (", ..." if len(y) > 4 else "")
        close(share, _best(x, y, grid), f"the best share for {of}{labels} with grid {grid}")


@values
def test_xor(learner: Learner, gen: Gen) -> None:
    """of XOR's four rows a line gets three right and never four"""
    for grid, share in ((2, 0.5), (3, 0.75), (9, 0.75)):
        got = learner.best_line(X.clone(), XOR.clone(), grid)
        close(got, share, f"the best share for XOR with grid {grid}")


@gradients
def test_steps(learner: Learner, gen: Gen) -> None:
    """1, 2, 3 and 20 epochs are that many steps of gradient descent"""
    for epochs, act, lr in ((1, "tanh", 0.7), (2, "", 0.4), (3, "tanh", 0.3), (20, "relu", 0.1)):
        start = _start(gen, act)
        _, row = learner.probe.trained(act, start, lr, epochs)
        before = torch.cat([t.reshape(-1) for t in start])
        text = (
            f"After {count(epochs, 'epoch')} all parameters of the model are what they were before."
        )
        require(bool((row.double() - before).abs().max() > 1e-7), text)
        _, want = _path(act, start, lr, epochs)
        ends = partial(_ends_anywhere, learner, act, start, row)
        slips = {"starts-anew-when-stuck": ends}
        name = f"the row of all parameters after {count(epochs, 'epoch')}"
        close(row, want, name, otherwise=slips, allowed=ALLOWED)


def _ends_anywhere(learner: Learner, act: str, start: list[Tensor], row: Tensor) -> Tensor:
    """The row if the model takes other numbers from nowhere: with lr 0, and each time others."""
    one, two = (learner.probe.trained(act, start, 0.0, 1)[1] for _ in range(2))
    return torch.zeros_like(row) if torch.equal(one, two) else row


@gradients
def test_loss_at_the_end(learner: Learner, gen: Gen) -> None:
    """the loss is that of the model at the end"""
    for epochs, act, lr in ((1, "tanh", 2.0), (2, "", 1.5), (20, "tanh", 0.1)):
        start = _start(gen, act)
        loss, _ = learner.probe.trained(act, start, lr, epochs)
        want, _ = _path(act, start, lr, epochs)
        close(loss, want, f"the loss after {epochs} epochs with lr {lr}", allowed=ALLOWED)


@gradients
def test_stuck(learner: Learner, gen: Gen) -> None:
    """a model that gets stuck stays so, one that is good goes on"""
    for words, start in (*_stuck().items(), ("a network that is good already", _good())):
        loss, row = learner.probe.trained("relu", start, 0.5, 40)
        want, numbers = _path("relu", start, 0.5, 40)
        close(row, numbers, f"the row of all parameters of {words}", allowed=ALLOWED)
        close(loss, want, f"the loss of {words}", allowed=ALLOWED)


@convergence
def test_where_it_ends(learner: Learner) -> None:
    """a line ends at ln 2, stuck networks at their numbers, 8 tanh units below 0.01"""
    for w1, w2, b in ((2.0, 1.0, -1.0), (-1.5, 0.5, 0.25)):
        net = learner.probe.line(torch.tensor([w1, w2]), torch.tensor([b]))
        _ends(learner, net, "a line", (LN2, 1e-4), 3.0, 300)
    for (words, start), end in zip(_stuck().items(), (0.4774, 0.3466), strict=True):
        _ends(learner, learner.probe.network("relu", *start), words, (end, 0.01), 1.0, 200)
    k = torch.arange(8).double()
    ways = torch.stack([torch.cos(2.4 * k), torch.sin(2.4 * k)], dim=1)
    start = [ways, torch.cos(1.7 * k + 0.5), 0.7 * torch.sin(1.3 * k + 0.8)[None], torch.ones(1)]
    net = learner.probe.network("tanh", *start)
    _ends(learner, net, "8 tanh units", (0.0, 0.01), 1.0, 500)


def _ends(
    learner: Learner, net: Handle, words: str, end: tuple[float, float], lr: float, epochs: int
) -> None:
    """The loss comes to rest at a number, up to so much."""
    title = f"{words}, after {epochs} epochs"
    draw(learner, boundary_of(net, (-0.5, 1.5), (-0.5, 1.5), X, XOR, level=0.0, title=title))
    loss = learner.train_xor(net, lr, epochs)
    goal = f"{end[0]:.4f}" if end[0] else f"below {end[1]}"
    text = f"The loss of {words} after {epochs} epochs is {loss:.4f}; it should be {goal}."
    require(abs(loss - end[0]) < end[1], text)


def _stuck() -> dict[str, list[Tensor]]:
    """Two relu units each, from which no way leads on: three rows look alike, or two."""
    right, second = [1.0, -1.0], torch.tensor([[1.0, -1.0]])
    dead = [torch.tensor([right, [-1.0, -1.0]]), torch.tensor([0.0, -0.5])]
    alike = [torch.tensor([right, [1.0, 1.0]]), torch.tensor([0.0, -1.0])]
    return {
        "2 relu units, one of them off": [*dead, second.clone(), torch.zeros(1)],
        "2 relu units, two rows alike": [*alike, second.clone(), torch.zeros(1)],
    }


def _good() -> list[Tensor]:
    """relu(x1 + x2) - 2 * relu(x1 + x2 - 1), twelve times over: all four rows right."""
    w1, b1 = torch.ones(2, 2), torch.tensor([0.0, -1.0])
    return [w1, b1, torch.tensor([[12.0, -24.0]]), torch.tensor([-6.0])]
