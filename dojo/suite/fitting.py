"""Trainings that fit outputs to targets: the mean of the squared differences, descended."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial

from torch import Tensor

from dojo.suite.deriving import derivatives
from dojo.suite.moving import Tensors, descends
from dojo.suite.otherwise import Make, Otherwise

Model = Callable[[Tensors, Tensor], Tensor]
Loss = Callable[[Tensor, Tensor], Tensor]

# Sizes of batches that people choose.
_PARTS = (1, 5, 8, 10, 16, 20, 25, 32, 50, 64)


def mean_square(out: Tensor, y: Tensor) -> Tensor:
    """The mean of (out - y)^2."""
    return (out - y).square().mean()


def stepped(
    model: Model, p: Tensors, x: Tensor, y: Tensor, lr: float, loss: Loss = mean_square
) -> Tensors:
    """Parameters by name after one step of gradient descent on the loss of the model."""

    def value(*leaves: Tensor) -> Tensor:
        return loss(model(dict(zip(p, leaves, strict=True)), x), y)

    slopes = derivatives(value, *p.values())
    return {n: t.detach() - lr * g for (n, t), g in zip(p.items(), slopes, strict=True)}


def fits(
    runs: Sequence[Tensors],
    model: Model,
    x: Tensor,
    y: Tensor,
    lr: float,
    when: str,
    *,
    first: int = 1,
    others: Mapping[str, Sequence[Model]] | None = None,
    because: str | None = None,
) -> None:
    """Require that runs, each one epoch longer, differ by steps that fit a model to all of y.

    Slips are named by these ids, where the card has them, besides those of `descends`: sum-loss,
    flat-targets, other-loss, mini-batches.

    Args:
        runs: the parameters after ``first``, ``first + 1``, ... epochs from one start.
        model: from parameters and inputs, the outputs.
        x, y: inputs and targets, the same in every epoch.
        lr: the learning rate.
        when: for the message: "with tanh and lr 0.03".
        first: epochs of the first run.
        others: more mistakes, and the models that each would train instead.
        because: the mistake behind anything that is wrong, where the check knows it.

    Raises:
        Failed: some step is another.
    """

    def move(p: Tensors, loss: Loss, model: Model = model, y: Tensor = y) -> Make:
        return lambda: _minus(p, stepped(model, p, x, y, lr, loss))

    def slips(p: Tensors) -> Otherwise:
        trained = {m: [move(p, mean_square, f) for f in fs] for m, fs in (others or {}).items()}
        return trained | {
            "flat-targets": [move(p, mean_square, y=y.reshape(-1))],
            "other-loss": [move(p, _root), move(p, _distance)],
            "mini-batches": [partial(_in_parts, model, p, x, y, lr, n) for n in _PARTS],
        }

    def gradient(p: Tensors) -> Tensors:
        return _minus(p, stepped(model, p, x, y, 1.0))

    descends(
        runs,
        gradient,
        lr,
        when,
        first=first,
        factors={"sum-loss": len(x)},
        otherwise=slips,
        because=because,
    )


def _in_parts(
    model: Model, p: Tensors, x: Tensor, y: Tensor, lr: float, size: int
) -> Tensors | None:
    """The move of an epoch that makes a step with each so many rows."""
    if size >= len(x):
        return None
    q = p
    for rows, targets in zip(x.split(size), y.split(size), strict=True):
        q = stepped(model, q, rows, targets, lr)
    return _minus(p, q)


def _root(out: Tensor, y: Tensor) -> Tensor:
    return mean_square(out, y).sqrt()


def _distance(out: Tensor, y: Tensor) -> Tensor:
    return (out - y).abs().mean()


def _minus(before: Tensors, after: Tensors) -> Tensors:
    return {n: t.detach() - after[n] for n, t in before.items()}
