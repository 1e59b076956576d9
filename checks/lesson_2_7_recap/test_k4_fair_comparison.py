"""2.7.4: each row against the same training written out here; models before and after.

The models tell their mode: in training mode their inputs are moved by 0.25. Validation rows are
the 16 of many that the right models decide most: every style comes to the same share. Of losses
1e-6 is allowed (1e-3 in float32): rounding is far below that, but some keep their logarithms away
from 0.

It is long because the right training, which every number is compared with, is written out here.
On the clouds nothing is drawn: the line gets 0.46, 8 tanh units 0.91; the check is there for
its pictures.
"""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import Any

import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits as cross_entropy

from dojo.suite.vocabulary import (
    Boundary,
    Gen,
    Handle,
    Learner,
    Record,
    close,
    convergence,
    draw,
    gradients,
    length,
    record,
    require,
    same,
    shapes,
    untouched,
    values,
)


@dataclass(frozen=True)
class Rival:
    """A model: its activation ("" for a line), its numbers, and how it comes.

    ``shift`` is what moves its inputs in training mode, so that it tells its mode.
    """

    act: str
    numbers: list[Tensor]
    frozen: bool = False
    training: bool = True
    shift: float = 0.25

    def logits(self, numbers: list[Tensor], x: Tensor) -> Tensor:
        z = x @ numbers[0].T + numbers[1]
        return getattr(torch, self.act)(z) @ numbers[2].T + numbers[3] if self.act else z


@dataclass(frozen=True)
class Case:
    """What is compared, on what; and the row that is right for each model."""

    rivals: dict[str, Rival]
    data: Record
    budget: Record
    expected: dict[str, tuple[int, float, float, float]]


def _rival(gen: Gen, act: str, d: int, h: int, **how: bool) -> Rival:
    if not act:
        return Rival("", [gen.randn(1, d), gen.randn(1)], **how)
    return Rival(act, [gen.randn(h, d), gen.randn(h), gen.randn(1, h), gen.randn(1)], **how)


def _rivals(gen: Gen, d: int) -> dict[str, Rival]:
    return {
        "wide": _rival(gen, "tanh", d, 5, training=False),
        "a line": _rival(gen, "", d, 1),
        "narrow": _rival(gen, "relu", d, 3, frozen=True),
    }


def _batches(n: int, budget: Record) -> Iterator[Tensor]:
    """The rows of each update."""
    gen, left = torch.Generator().manual_seed(budget.seed), torch.tensor([], dtype=torch.int64)
    for _ in range(budget.updates):
        left = left if len(left) else torch.randperm(n, generator=gen)
        yield left[: budget.batch_size]
        left = left[budget.batch_size :]


def _trained(rival: Rival, x: Tensor, y: Tensor, budget: Record) -> tuple[float, list[Tensor]]:
    """The loss of the first mini-batch, and the numbers at the end."""
    numbers, first = [t.clone() for t in rival.numbers], math.nan
    moving = [k for k in range(len(numbers)) if not (rival.frozen and k == 1)]
    for rows in _batches(len(x), budget):
        leaves = [t.requires_grad_(k in moving) for k, t in enumerate(numbers)]
        loss = cross_entropy(rival.logits(leaves, x[rows] + rival.shift), y[rows])
        first = loss.item() if math.isnan(first) else first
        grads = torch.autograd.grad(loss, [leaves[k] for k in moving])
        numbers = [t.detach() for t in leaves]
        for k, grad in zip(moving, grads, strict=True):
            numbers[k] = numbers[k] - budget.lr * grad
    return first, numbers


def _case(
    gen: Gen, rivals: dict[str, Rival], n: int, batch_size: int, updates: int, lr: float = 0.4
) -> Case:
    d = next(iter(rivals.values())).numbers[0].shape[1]
    budget = record(
        "Budget", updates=updates, batch_size=batch_size, lr=lr, seed=gen.integer(1, 10**6)
    )
    x, y = 0.5 + gen.randn(n, d), gen.randint(0, 2, n, 1).double()
    y[0] = 1 - y[-1] if n > 1 else y[0]
    ends = {name: _trained(rival, x, y, budget) for name, rival in rivals.items()}
    many = 0.3 + gen.randn(80, d)
    sure = [rivals[name].logits(numbers, many).abs() for name, (_, numbers) in ends.items()]
    x_val = many[torch.stack(sure).amin(dim=0).flatten().argsort(descending=True)[:17]]
    y_val = gen.permutation(17).remainder(3).clamp(max=1).double().unsqueeze(1)
    expected: dict[str, tuple[int, float, float, float]] = {}
    for name, (first, numbers) in ends.items():
        z = rivals[name].logits(numbers, x_val)
        share = ((z > 0) == (y_val > 0.5)).double().mean().item()
        count = sum(t.numel() for t in numbers)
        expected[name] = (count, first, cross_entropy(z, y_val).item(), share)
    data = record("Splits", x_train=x, y_train=y, x_val=x_val, y_val=y_val)
    return Case(rivals, data, budget, expected)


def _cases(gen: Gen) -> Iterator[Case]:
    """Orders that end in the middle, full batches, single rows, batches larger than the data."""
    for n, batch_size, updates, d in ((10, 4, 7, 3), (70, 32, 5, 2), (5, 1, 8, 4), (5, 16, 3, 2)):
        yield _case(gen, _rivals(gen, d), n, batch_size, updates)


def _handles(learner: Learner, rivals: dict[str, Rival]) -> dict[str, Handle]:
    return {
        name: learner.probe.model(name, r.act, r.numbers, r.frozen, r.training, r.shift)
        for name, r in rivals.items()
    }


def _compared(learner: Learner, case: Case, models: dict[str, Handle] | None = None) -> list[Any]:
    models = _handles(learner, case.rivals) if models is None else models
    rows = learner.compare(models, case.data, case.budget)
    length(rows, len(models), "the list of rows")
    return rows


def _judge(learner: Learner, got: float, want: float, name: str) -> None:
    allowed = 1e-6 if learner.dtype == "float64" else 1e-3
    if not abs(got - want) <= allowed * abs(want):
        close(got, want, name)


@shapes
def test_rows(learner: Learner, gen: Gen) -> None:
    """a row for each model, in their order"""
    case = _case(gen, _rivals(gen, 3), 10, 4, 2)
    same([row.name for row in _compared(learner, case)], list(case.rivals), "the list of names")
    one = _case(gen, {"alone": _rival(gen, "tanh", 2, 3)}, 6, 6, 1)
    same([row.name for row in _compared(learner, one)], ["alone"], "the list of names")
    length(learner.compare({}, one.data, one.budget), 0, "the list of rows for no models")


@values
def test_parameters(learner: Learner, gen: Gen) -> None:
    """n_params counts all of them"""
    case = _case(gen, _rivals(gen, 3), 10, 4, 2)
    for row in _compared(learner, case):
        same(row.n_params, case.expected[row.name][0], f"n_params of the model '{row.name}'")


@values
def test_first_loss(learner: Learner, gen: Gen) -> None:
    """the first loss is that of the first mini-batch, before any update"""
    for case in _cases(gen):
        for row in _compared(learner, case):
            want = case.expected[row.name][1]
            _judge(learner, row.first_loss, want, f"first_loss of the model '{row.name}'")


@values
def test_left_alone(learner: Learner, gen: Gen) -> None:
    """models and data are afterwards as they were, and so is torch's random state"""
    case = _case(gen, _rivals(gen, 3), 10, 4, 5)
    models = _handles(learner, case.rivals)
    before = {name: learner.probe.state(model) for name, model in models.items()}
    _compared(learner, case, models)
    text = "torch's global random state is another one after the call."
    require(not learner.last.rng_advanced, text, mistake="global-order")
    untouched(learner, "data")
    for name, model in models.items():
        now, then = learner.probe.state(model), before[name]
        what = f"of the model '{name}' that was handed in"
        moved = [k for k, v in then["numbers"].items() if not torch.equal(v, now["numbers"][k])]
        text = f"{', '.join(moved)} {what} {'has' if len(moved) == 1 else 'have'} other numbers."
        require(not moved, text, mistake="trains-the-original")
        kept = [g is not None and bool((g == 1).all()) for g in now["grads"]]
        require(all(kept), f"The .grad {what} is another one.", mistake="trains-the-original")
        same(now["modes"], then["modes"], f"the list of modes {what}")
        same(now["recording"], then["recording"], f"the list of requires_grad {what}")


@gradients
def test_after_training(learner: Learner, gen: Gen) -> None:
    """loss and accuracy on the validation rows, after just so many updates"""
    found = [(case, _compared(learner, case)) for case in _cases(gen)]
    for case, rows in found:  # judged when all are there: one row alone says little
        budget = case.budget
        for row in rows:
            when = f"of the model '{row.name}' after {budget.updates} updates"
            _, _, loss, share = case.expected[row.name]
            _judge(learner, row.val_loss, loss, f"val_loss {when}")
            close(row.val_accuracy, share, f"val_accuracy {when}")


@gradients
def test_border(learner: Learner, gen: Gen) -> None:
    """a logit of exactly 0 counts as class 0"""
    # No hidden unit is on, and as many labels are 1 as 0: the gradient of the last bias is 0.
    rival = Rival("relu", [torch.zeros(2, 3), -torch.ones(2), gen.randn(1, 2), torch.zeros(1)])
    y = torch.tensor([0.0, 1, 0, 1])[:, None]
    y_val = torch.tensor([0.0, 1, 0, 0])[:, None]
    data = record("Splits", x_train=gen.randn(4, 3), y_train=y, x_val=gen.randn(4, 3), y_val=y_val)
    budget = record("Budget", updates=3, batch_size=4, lr=0.4, seed=gen.integer(1, 10**6))
    (row,) = learner.compare(_handles(learner, {"idle": rival}), data, budget)
    close(row.val_accuracy, 0.75, "val_accuracy of a model whose logits are all 0")


@gradients
def test_twins(learner: Learner, gen: Gen) -> None:
    """the same model under two names, and the same call twice, give the same numbers"""
    case = _case(gen, {"first": _rival(gen, "tanh", 3, 4)}, 10, 4, 6)
    (handle,) = _handles(learner, case.rivals).values()
    for _ in range(2):
        for row in _compared(learner, case, {"first": handle, "second": handle}):
            _, first, loss, share = case.expected["first"]
            what = f"of '{row.name}', one model under two names"
            _judge(learner, row.first_loss, first, f"first_loss {what},")
            _judge(learner, row.val_loss, loss, f"val_loss {what},")
            close(row.val_accuracy, share, f"val_accuracy {what},")


@convergence
def test_clouds(learner: Learner) -> None:
    """on XOR's clouds networks are ahead of the line"""
    rivals = {
        "a line": Rival("", [torch.tensor([[0.3, -0.2]]), torch.tensor([0.1])], shift=0.0),
        "2 tanh units": _even("tanh", 2),
        "8 relu units": _even("relu", 8),
        "8 tanh units": _even("tanh", 8),
    }
    x, y = _clouds(512)
    data = record("Splits", x_train=x[:256], y_train=y[:256], x_val=x[256:], y_val=y[256:])
    budget = record("Budget", updates=400, batch_size=16, lr=1.0, seed=7)
    models = _handles(learner, rivals)
    rows = learner.compare(models, data, budget)
    length(rows, len(models), "the list of rows")
    for row in rows:
        act = rivals[row.name].act if row.name in rivals else ""
        title = f"{row.name}: {row.val_accuracy:.2f} of the validation rows"
        draw(learner, partial(_boundary, learner, row.name, act, x[256:], y[256:], title))
    shares = {row.name: row.val_accuracy for row in rows}
    for name, (low, high) in {"a line": (0.3, 0.7), "8 tanh units": (0.85, 1.0)}.items():
        share = shares.get(name, math.nan)
        text = f"{name} gets {share:.2f} of the validation rows; it should be {low} to {high}."
        require(low <= share <= high, text)


def _even(act: str, units: int) -> Rival:
    """Units that look in different directions; nothing is drawn."""
    k = torch.arange(units).double()
    ways = 1.5 * torch.stack([torch.cos(2.4 * k + 0.3), torch.sin(2.4 * k + 0.3)], dim=1)
    out = 0.7 * torch.sin(1.3 * k + 0.8).unsqueeze(0)
    numbers = [ways, 0.5 * torch.cos(1.7 * k + 0.5), out, torch.tensor([0.1])]
    return Rival(act, numbers, shift=0.0)


def _clouds(n: int) -> tuple[Tensor, Tensor]:
    """XOR with clouds; multiples of roots, modulo 1, stand for random numbers."""
    k = torch.arange(1, n + 1).double()
    u, v, s, t = ((k * math.sqrt(root)).remainder(1.0) for root in (2, 3, 5, 7))
    place = 2 * torch.stack([u, v], dim=1) - 1
    label = ((u > 0.5) != (v > 0.5)).double().unsqueeze(1)
    noise = math.sqrt(2) * torch.erfinv(1.996 * torch.stack([s, t], dim=1) - 0.998)
    return place + 0.1 * noise, label


def _boundary(learner: Learner, name: str, act: str, x: Tensor, y: Tensor, title: str) -> Boundary:
    limits, n = (-1.3, 1.3), 40
    side = torch.linspace(*limits, n)
    places = torch.cartesian_prod(side, side).flip(1)
    grid = learner.probe.outputs(name, act, places).reshape(n, n)
    return Boundary.of(grid, limits, limits, x, y, level=0.0, title=title)
