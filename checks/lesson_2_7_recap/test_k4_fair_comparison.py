"""2.7.4: each row against the same training written out here; models before and after.

The models tell their mode: in training mode their inputs are moved by 0.25. Validation rows are
the 17 of many that the right models decide most: every style comes to the same share. Of losses
1e-6 is allowed (1e-3 in float32): rounding is far below that, but some keep their logarithms away
from 0.

It is long because the right training, which every number is compared with, is written out here.
On the clouds nothing is drawn: the line gets 0.46, 8 tanh units 0.91; that is for the pictures.
"""

from dataclasses import dataclass, replace
from functools import partial
from itertools import product
from typing import Any

import torch
from torch import Tensor
from torch.nn.functional import binary_cross_entropy_with_logits as cross_entropy

from dojo.suite.vocabulary import (
    Gen,
    Handle,
    Learner,
    Record,
    boundary_of,
    close,
    convergence,
    derivatives,
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

FIELDS = ("n_params", "first_loss", "val_loss", "val_accuracy")
# Rows, batch size, updates, inputs: orders that end in the middle, full batches, single rows,
# batches larger than the data.
SIZES = ((10, 4, 7, 3), (70, 32, 5, 2), (5, 1, 8, 4), (5, 16, 3, 2))


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

    def logits(self, x: Tensor) -> Tensor:
        z = x @ self.numbers[0].T + self.numbers[1]
        return getattr(torch, self.act)(z) @ self.numbers[2].T + self.numbers[3] if self.act else z

    def loss(self, x: Tensor, y: Tensor, *numbers: Tensor) -> Tensor:
        """In training, with these numbers."""
        return cross_entropy(replace(self, numbers=list(numbers)).logits(x + self.shift), y)

    def handle(self, learner: Learner, name: str) -> Handle:
        how = (self.frozen, self.training, self.shift)
        return learner.probe.model(name, self.act, self.numbers, *how)

    def trained(self, x: Tensor, y: Tensor, budget: Record) -> tuple[float, "Rival"]:
        """The loss of the first mini-batch, and the model at the end."""
        gen, left = torch.Generator().manual_seed(budget.seed), torch.tensor([], dtype=torch.int64)
        numbers, losses = self.numbers, list[float]()
        for _ in range(budget.updates):
            left = left if len(left) else torch.randperm(len(x), generator=gen)
            rows, left = left[: budget.batch_size], left[budget.batch_size :]
            loss = partial(self.loss, x[rows], y[rows])
            losses.append(loss(*numbers).item())
            slopes = derivatives(loss, *numbers)
            if self.frozen:
                slopes[1] = torch.zeros_like(slopes[1])
            numbers = [t - budget.lr * g for t, g in zip(numbers, slopes, strict=True)]
        return losses[0], replace(self, numbers=numbers)


class Case:
    """What is compared, on what; and the row that is right for each model."""

    def __init__(self, gen: Gen, n: int, batch_size: int, updates: int, d: int) -> None:
        sizes = (((h, d), (h,), (1, h), (1,)) for h in (5, 1, 3))
        wide, line, narrow = ([gen.randn(*size) for size in four] for four in sizes)
        self.rivals = {
            "wide": Rival("tanh", wide, training=False),
            "a line": Rival("", line[:2]),
            "narrow": Rival("relu", narrow, frozen=True),
        }
        how = {"updates": updates, "batch_size": batch_size, "seed": gen.integer(1, 10**6)}
        self.budget = record("Budget", lr=0.4, **how)
        x, y = 0.5 + gen.randn(n, d), gen.randint(0, 2, n, 1).double()
        y[0] = 1 - y[-1]
        ends = {name: rival.trained(x, y, self.budget) for name, rival in self.rivals.items()}
        many = 0.3 + gen.randn(80, d)
        sure = torch.stack([end.logits(many).abs() for _, end in ends.values()]).amin(dim=0)
        x_val = many[sure.flatten().argsort(descending=True)[:17]]
        y_val = gen.permutation(17).remainder(3).clamp(max=1).double().unsqueeze(1)
        self.data = record("Splits", x_train=x, y_train=y, x_val=x_val, y_val=y_val)
        self.expected: dict[str, dict[str, float]] = {}
        for name, (first, end) in ends.items():
            z, count = end.logits(x_val), sum(t.numel() for t in end.numbers)
            share = ((z > 0) == (y_val > 0.5)).double().mean().item()
            row = (count, first, cross_entropy(z, y_val).item(), share)
            self.expected[name] = dict(zip(FIELDS, row, strict=True))

    def models(self, learner: Learner) -> dict[str, Handle]:
        return {name: rival.handle(learner, name) for name, rival in self.rivals.items()}

    def compared(self, learner: Learner, models: dict[str, Handle] | None = None) -> list[Any]:
        models = self.models(learner) if models is None else models
        rows = learner.compare(models, self.data, self.budget)
        length(rows, len(models), "the list of rows")
        return rows

    def judge(self, rows: list[Any], when: str, *fields: str) -> None:
        for row, field in product(rows, fields):
            allowed = (1e-6, 1e-3) if field.endswith("loss") else (0, 0)
            name = f"{field} of the model '{row.name}'{when}"
            close(getattr(row, field), self.expected[row.name][field], name, allowed=allowed)


@shapes
def test_rows(learner: Learner, gen: Gen) -> None:
    """a row for each model, in their order"""
    case = Case(gen, 10, 4, 2, 3)
    alone = {"alone": case.rivals["wide"].handle(learner, "alone")}
    three = case.models(learner)
    for models in (three, dict(reversed(three.items())), alone, dict[str, Handle]()):
        names = [row.name for row in case.compared(learner, models)]
        same(names, list(models), "the list of names")


@values
def test_parameters(learner: Learner, gen: Gen) -> None:
    """n_params counts all of them"""
    case = Case(gen, 10, 4, 2, 3)
    case.judge(case.compared(learner), "", "n_params")


@values
def test_first_loss(learner: Learner, gen: Gen) -> None:
    """the first loss is that of the first mini-batch, before any update"""
    for sizes in SIZES:
        case = Case(gen, *sizes)
        case.judge(case.compared(learner), "", "first_loss")


@values
def test_left_alone(learner: Learner, gen: Gen) -> None:
    """models and data are afterwards as they were, and so is torch's random state"""
    case = Case(gen, 10, 4, 5, 3)
    models = case.models(learner)
    before = {name: learner.probe.state(model) for name, model in models.items()}
    case.compared(learner, models)
    text = "torch's global random state is another one after the call."
    require(not learner.last.rng_advanced, text, mistake="global-order")
    untouched(learner, "data")
    for name, model in models.items():
        now, then = learner.probe.state(model), before[name]
        where = f"the model '{name}' that was handed in"
        moved = [k for k, v in then["numbers"].items() if not torch.equal(v, now["numbers"][k])]
        require(not moved, f"New numbers in {where}: {', '.join(moved)}.", "trains-the-original")
        same(now["modes"], then["modes"], f"the list of modes of {where}")
        same(now["recording"], then["recording"], f"the list of requires_grad of {where}")


@gradients
def test_after_training(learner: Learner, gen: Gen) -> None:
    """loss and accuracy on the validation rows, after just so many updates"""
    cases = [Case(gen, *sizes) for sizes in SIZES]
    found = [(case, case.compared(learner)) for case in cases]
    for case, rows in found:  # judged when all are there: one row alone says little
        case.judge(rows, f" after {case.budget.updates} updates", "val_loss", "val_accuracy")


@gradients
def test_border(learner: Learner, gen: Gen) -> None:
    """a logit of exactly 0 counts as class 0, one above as class 1"""
    # No hidden unit is on: logits are the last bias, which balanced labels leave near where it was.
    hidden = [torch.zeros(2, 3), -torch.ones(2), gen.randn(1, 2)]
    rivals = {b: Rival("relu", [*hidden, torch.tensor([float(b)])]) for b in ("0", "0.25")}
    y, y_val = (torch.tensor([[0.0], [1.0], [0.0], [last]]) for last in (1.0, 0.0))
    data = record("Splits", x_train=gen.randn(4, 3), y_train=y, x_val=gen.randn(4, 3), y_val=y_val)
    budget = record("Budget", updates=3, batch_size=4, lr=0.4, seed=gen.integer(1, 10**6))
    rows = learner.compare({b: r.handle(learner, b) for b, r in rivals.items()}, data, budget)
    close([r.val_accuracy for r in rows], [0.75, 0.25], "val_accuracy for logits of 0 and of 0.2")


@gradients
def test_twins(learner: Learner, gen: Gen) -> None:
    """the same model under two names, and the same call twice, give the same numbers"""
    case = Case(gen, 10, 4, 6, 3)
    models = dict.fromkeys(("first", "second"), case.rivals["wide"].handle(learner, "wide"))
    case.expected |= dict.fromkeys(models, case.expected["wide"])
    for _ in range(2):
        rows = case.compared(learner, models)
        case.judge(rows, ", one model under two names,", *FIELDS[1:])


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
    models = {name: rival.handle(learner, name) for name, rival in rivals.items()}
    rows = learner.compare(models, data, budget)
    for row in rows:
        outputs = partial(learner.probe.outputs, row.name, rivals[row.name].act)
        title = f"{row.name}: {row.val_accuracy:.2f} of the validation rows"
        draw(learner, boundary_of(outputs, (-1.3, 1.3), (-1.3, 1.3), x[256:], y[256:], 0.0, title))
    shares = dict.fromkeys(models, 0.0) | {row.name: row.val_accuracy for row in rows}
    for name, low, high in (("a line", 0.3, 0.7), ("8 tanh units", 0.85, 1.0)):
        text = f"{name} gets {shares[name]:.2f} of the validation rows, not {low} to {high}."
        require(low <= shares[name] <= high, text)


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
    u, v, s, t = ((k * root**0.5).remainder(1.0) for root in (2, 3, 5, 7))
    place = 2 * torch.stack([u, v], dim=1) - 1
    label = ((u > 0.5) != (v > 0.5)).double().unsqueeze(1)
    noise = 2**0.5 * torch.erfinv(1.996 * torch.stack([s, t], dim=1) - 0.998)
    return place + 0.1 * noise, label
