"""Comparing how far parameters moved: between two runs that differ by one update, or in one call.

A move doesn't depend on where the parameters started, so it can be judged where an answer chooses
its own start; and most slips of an update show in it as a factor that has a name.
"""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from itertools import pairwise, product

import torch
from torch import Tensor

from dojo.failure import Failed, evidence_of
from dojo.suite.compare import close, in_single
from dojo.suite.otherwise import ALIKE, Make, Otherwise, mistake_of
from dojo.verdict import Finding
from dojo.wire.values import Record

# A right move is off by rounding of its own, and by that of the parameters that it is taken from.
_EXACT, _ROUNDING = 1e-8, 1e-13
_SINGLE_ROUNDING = 3e-7
# Late in a training the moves are so small that float32 knows them to a hundredth only.
LATE, _LATE_SLACK = 100, 1e-2

Tensors = Mapping[str, Tensor]


def paired(
    generator: torch.Generator,
    run: Callable[[torch.Generator, int], Record],
    counts: Iterable[int],
    alike: Iterable[str],
    drawn: str | None = None,
) -> list[Record]:
    """The same training for several numbers of epochs, each from the same state of a generator.

    Args:
        generator: whose state every run starts from.
        run: trains for so many epochs with such a generator.
        counts: the numbers of epochs.
        alike: fields of the result that don't depend on the number of epochs.
        drawn: the mistake that every epoch draws, so that they do.

    Returns:
        What the runs returned, each with one more field: ``state``, the generator's afterwards.

    Raises:
        Failed: a field is not alike.
    """
    state, runs = generator.get_state(), list[Record]()
    for count in counts:
        source = torch.Generator().set_state(state)
        runs.append(run(source, count))
        runs[-1].fields["state"] = source.get_state()
    draws = any(not torch.equal(r.state, runs[0].state) for r in runs)
    for result, name in product(runs, alike):
        got, want = getattr(result, name), getattr(runs[0], name).detach()
        otherwise = {drawn: lambda got=got: got} if drawn and draws else None
        what = f"{name}, from one state of gen for different numbers of epochs,"
        close(got, want, what, otherwise=otherwise)
    return runs


def moves(
    before: Tensors,
    after: Tensors,
    want: Tensors,
    when: str,
    *,
    still: str | None = None,
    factors: Mapping[str, float] | None = None,
    otherwise: Otherwise | None = None,
    slack: float = ALIKE,
) -> None:
    """Require that parameters moved (before minus after) as they should, all judged together.

    Args:
        before: the parameters by name.
        after: the same after the update, with the same shapes.
        want: what should have been taken away from each.
        when: for the message: "in epoch 2 with lr 0.03".
        still: the mistake of the card that some of them stand still while the rest move rightly.
        factors: mistakes and by what each multiplies all moves: -1, 1/lr, n; 0 if nothing moves.
        otherwise: mistakes and the moves (by name) that each would make instead; None where that
            can't be worked out. What fits first is named.
        slack: what a move in float32 may be off, as a part of its length.

    Raises:
        Failed: they moved otherwise.
    """
    single = any(in_single(t) for t in after.values())
    start, wanted = _row(before, want), _row(want, want)
    got = start - _row(after, want)
    part, floor = (slack, _SINGLE_ROUNDING) if single else (_EXACT, _ROUNDING)
    # Written so that NaN fails.
    if float((got - wanted).norm()) <= part * float(wanted.norm()) + floor * float(start.norm()):
        return
    text, ratio, standing = _describe(before, after, want, when)
    mistake = still if standing else None
    if ratio is not None:
        # Nothing moves: the factor is exactly 0.
        named = ((m, f) for m, f in (factors or {}).items() if abs(ratio - f) <= ALIKE * abs(f))
        mistake = next((m for m, _ in named), None)
    if mistake is None:
        mistake = mistake_of(got, wanted, _rows(otherwise or {}, want))
    raise Failed(Finding(text, mistake=mistake, evidence=evidence_of(ratio=ratio)))


def descends(
    runs: Sequence[Tensors],
    gradient: Callable[[Tensors], Tensors],
    lr: float,
    when: str,
    *,
    first: int = 1,
    factors: Mapping[str, float] | None = None,
    otherwise: Callable[[Tensors], Otherwise] | None = None,
    because: str | None = None,
) -> None:
    """Require that runs, each one epoch longer, differ by steps of plain gradient descent.

    Slips that can be made in every loop are named by these ids, where the card has them:
    no-learning, tensor-forgotten, uphill, lr-missing, lr-twice, half-step, double-step,
    gradients-pile-up, momentum, rate-changes, weight-decay, adaptive-steps.

    Args:
        runs: the parameters after ``first``, ``first + 1``, ... epochs from one start.
        gradient: of the loss, by the parameters.
        lr: the learning rate.
        when: for the message: "with tanh and lr 0.03".
        first: epochs of the first run.
        factors: more mistakes, and by what each multiplies all moves.
        otherwise: from the parameters before: more mistakes, and the moves that each would make.
        because: the mistake behind anything that is wrong, where the check knows it.

    Raises:
        Failed: some step is another.
    """
    grads = [gradient(run) for run in runs[:-1]]
    got = [_minus(a, b) for a, b in pairwise(runs)]
    usual = {"no-learning": 0.0, "uphill": -1.0, **(factors or {}), "lr-missing": 1 / lr}
    usual |= {"lr-twice": lr, "half-step": 0.5, "double-step": 2.0}

    # The latest first: what is left of former steps shows where there were some.
    for k in reversed(range(len(got))):
        known: dict[str, Make | Sequence[Make]] = {}
        if because is None:
            known |= otherwise(runs[k]) if otherwise is not None else {}
            known |= _loop_slips(got[: k + 1], grads, lr)
            known["weight-decay"] = partial(_decayed, got[k], grads[k], runs[k], lr)
            known["adaptive-steps"] = partial(_adaptive, got[k], grads[k])
        else:
            known[because] = partial(_as_it_is, got[k])
        epoch = first + k + 1
        moves(
            runs[k],
            runs[k + 1],
            {n: lr * g for n, g in grads[k].items()},
            f"in epoch {epoch} {when}",
            still=because or "tensor-forgotten",
            factors={} if because else usual,
            otherwise=known,
            slack=ALIKE if epoch < LATE else _LATE_SLACK,
        )


def _loop_slips(got: Sequence[Tensors], grads: Sequence[Tensors], lr: float) -> dict[str, Make]:
    """What the last move would be if steps left something behind, or lr changed."""
    if len(got) < 2:
        return {}
    old, now, grad = got[-2], got[-1], grads[len(got) - 1]
    extra = _row(now, grad) - lr * _row(grad, grad)
    share = float(extra @ _row(old, grad)) / max(float(_row(old, grad).square().sum()), 1e-300)

    def kept(part: float) -> Tensors:
        return {n: lr * g + part * old[n] for n, g in grad.items()}

    def other_rate() -> Tensors | None:
        rates = [factor(_row(m, g), _row(g, g)) for m, g in zip(got, grads, strict=False)]
        known = [r for r in rates if r]
        varies = len(known) > 1 and abs(known[-1] - known[-2]) > ALIKE * abs(known[-1])
        return now if varies and rates[-1] else None

    return {
        "gradients-pile-up": lambda: kept(1.0),
        "momentum": lambda: kept(share) if share > 1e-3 else None,
        "rate-changes": other_rate,
    }


def _decayed(move: Tensors, grad: Tensors, before: Tensors, lr: float) -> Tensors | None:
    """The step, and a share of the parameters themselves taken away besides."""
    start = _row(before, grad)
    share = float((_row(move, grad) - lr * _row(grad, grad)) @ start / start.square().sum())
    decayed = {n: lr * g + share * _plain(before[n]) for n, g in grad.items()}
    return decayed if share > 1e-6 else None


def _adaptive(move: Tensors, grad: Tensors) -> Tensors | None:
    """The move itself, if all of it is of about one size whatever the gradients are."""
    sizes = [t.abs() / t.abs().median() for t in (_row(move, grad), _row(grad, grad))]
    equal, steep = (float(((t > 0.7) & (t < 1.4)).double().mean()) for t in sizes)
    return move if equal > 0.65 > steep else None


def _as_it_is(move: Tensors) -> Tensors:
    return move


def _minus(a: Tensors, b: Tensors) -> dict[str, Tensor]:
    return {n: _plain(t) - _plain(b[n]) for n, t in a.items()}


def factor(got: Tensor, want: Tensor) -> float | None:
    """c where got = c * want, up to rounding to float32; None where there is no such number."""
    size = float(want.square().sum())
    c = float((got * want).sum()) / size if size else math.nan
    gap = float((got - c * want).norm())
    return c if gap <= ALIKE * float((c * want).norm()) else None


def _describe(
    before: Tensors, after: Tensors, want: Tensors, when: str
) -> tuple[str, float | None, bool]:
    """What is seen of wrong moves: a sentence, the factor of all, whether only some stand still."""
    wanted = {n: _plain(w) for n, w in want.items()}
    got = _minus(before, {n: after[n] for n in want})
    if not any(bool(g.any()) for g in got.values()):
        return f"No parameter moved {when}.", 0.0, False
    ratio = factor(_row(got, want), _row(wanted, want))
    if ratio is not None and abs(ratio + 1) <= ALIKE:
        text = f"All parameters moved as far as they should {when}, but the other way."
        return text, ratio, False
    if ratio is not None:
        return f"All parameters moved {ratio:.4g} times as far as they should {when}.", ratio, False
    each = {n: factor(got[n], wanted[n]) for n in want}
    wrong = [n for n, c in each.items() if c is None or abs(c - 1) > ALIKE] or list(want)
    if not any(bool(got[n].any()) for n in wrong):
        text = f"Did not move {when}: {', '.join(wrong)}. The others moved as they should."
        return text, None, True
    gap = (got[wrong[0]] - wanted[wrong[0]]).abs()
    shown, right = (float(t[wrong[0]].reshape(-1)[gap.argmax()]) for t in (got, wanted))
    text = f"The parameters did not move as they should {when}: in {wrong[0]} a number moved by "
    return f"{text}{-shown:.4g} instead of {-right:.4g}.", None, False


def _rows(otherwise: Otherwise, names: Tensors) -> Otherwise:
    """What mistakes would give, each as one row."""

    def row(make: Make) -> Make:
        return lambda: None if (made := make()) is None else _row(made, names)

    return {
        mistake: tuple(row(make) for make in (makes if isinstance(makes, Sequence) else (makes,)))
        for mistake, makes in otherwise.items()
    }


def _plain(t: Tensor) -> Tensor:
    return t.detach().to(torch.float64)


def _row(tensors: Tensors, names: Tensors) -> Tensor:
    return torch.cat([_plain(tensors[n]).reshape(-1) for n in names])
