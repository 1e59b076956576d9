"""2.3.4: the fit is compared with itself, one epoch longer: start and points are the learner's own.

Two runs from the same state of gen share their beginning, so the parameters after k + 1 epochs are
those after k epochs minus lr times the gradient there, whatever the start was.

Spread of the noise: the residuals of the runs are pooled (1,200 points or more for 100 points a
run, 240 for 20); their standard deviation may be off by 5.5 times its own, sigma / sqrt(2 n), and
their mean by 5.5 sigma / sqrt(n) (a right answer misses one with probability 4e-8).

Convergence: 64 tanh units, 1,000 epochs, lr 0.05. Worst smallest loss over 200 seeds of torch's
own start (uniform, 1/sqrt(k)): 0.005; of others that a learner may choose (randn times 0.1 to 0.3,
Xavier): 0.012. Kaiming and unscaled normal starts diverge at 0.05 and reach 0.019 at 0.02; tiny
ones (randn times 0.01) reach 0.021 at 0.05 only. Hence either learning rate may do it. Without an
activation no line gets below 0.19, with equal units no fit below 0.17, with zero weights 0.49.
"""

import math
import re
from collections.abc import Callable
from itertools import pairwise, product

import torch
from torch import Tensor

from dojo.judge.failure import Failed
from dojo.judge.vocabulary import Gen, Learner, close, convergence, draw, require, shapes, values
from dojo.pictures import FittedFunction, LossCurve
from dojo.values import Record

Act = Callable[[Tensor], Tensor]
Loss = Callable[[Tensor, Tensor], Tensor]
Runs = list[Record]

NAMES = ("w1", "b1", "w2", "b2")
ACTS: dict[str, Act] = {"tanh": torch.tanh, "relu": torch.relu}
HIDDEN, LR = 6, 0.02
FACTORS = ("uphill", "sum-loss", "lr-missing", "lr-twice", "half-step", "double-step")
SPREADS = ("noise-as-variance", "noise-squared", "uniform-noise")
TOO_MANY = "one-epoch-too-many"
# What tells the mistake behind a result that breaks the contract.
BROKEN = {r"`losses`.* tensor": "tensor-losses", r"`y`.* \((\d+), \1\)": "table-of-targets"}
GOOD = 0.05
# For the picture: losses around each hundredth epoch (200 seeds of the solution, lr 0.05).
LOW = (0.013, 0.0053, 0.0041, 0.0033, 0.0028, 0.0024, 0.0021, 0.0019, 0.0017, 0.0015, 0.0015)
HIGH = (72, 72, 0.54, 0.17, 0.13, 0.093, 0.035, 0.035, 0.026, 0.008, 0.0055)


@shapes
def test_record(learner: Learner, gen: Gen) -> None:
    """parameters, one loss an epoch and the points come back in their shapes"""
    for hidden, epochs in ((5, 3), (1, 1)):
        try:
            fit = learner.fit_sine("tanh", hidden, LR, epochs, 0.1, gen.generator())
        except Failed as failed:
            told = next((m for words, m in BROKEN.items() if re.search(words, str(failed))), None)
            require(failed.cause != "contract" or not told, failed.finding.message, mistake=told)
            raise
        wanted = ((1, hidden), (hidden,), (hidden, 1), (1,))
        for name, want in zip(NAMES, wanted, strict=True):
            got = tuple(getattr(fit.params, name).shape)
            text = f"{name} has shape {got}; with {hidden} hidden units it is {want}."
            require(got == want, text, hidden=hidden)
        count, n = len(fit.losses), len(fit.x)
        text = f"losses has {count} entries after {epochs} epochs; it holds one an epoch."
        counts = {1: "only-last-loss", epochs + 1: TOO_MANY, epochs - 1: "one-epoch-too-few"}
        require(count == epochs, text, mistake=counts.get(count), entries=count, epochs=epochs)
        text = f"There are {n} points; at least 20 are asked for."
        require(n >= 20, text, mistake="few-points", points=n)


@values
def test_start(learner: Learner, gen: Gen) -> None:
    """the hidden units start different from each other"""
    p = learner.fit_sine("tanh", HIDDEN, LR, 1, 0.0, gen.generator()).params
    units = torch.cat([p.w1.detach().T, p.b1.detach().reshape(-1, 1), p.w2.detach()], dim=1)
    zero, equal = not units.any(), (units - units[:1]).abs().max() < 1e-12
    text = f"After one epoch all hidden units hold the same numbers{', all zero' if zero else ''}."
    require(not equal, text, mistake="zero-start" if zero else "equal-units")


@values
def test_x(learner: Learner, gen: Gen) -> None:
    """x covers [-pi, pi]"""
    x = learner.fit_sine("tanh", HIDDEN, LR, 1, 0.0, gen.generator()).x.detach()
    low, high, n = float(x.min()), float(x.max()), len(x)
    # Of n uniform draws none falls into a stretch of 100/n at one end with probability 1e-7.
    gap = min(100 / n, 2.0)
    covers = -math.pi - 1e-6 <= low < gap - math.pi and math.pi - gap < high <= math.pi + 1e-6
    text = f"x runs from {low:.3g} to {high:.3g}; it should cover -3.14 to 3.14 (pi)."
    require(covers, text, mistake="other-interval", low=low, high=high)


@values
def test_clean_targets(learner: Learner, gen: Gen) -> None:
    """with noise 0, y is sin(x)"""
    fit = learner.fit_sine("relu", HIDDEN, LR, 1, 0.0, gen.generator())
    close(fit.y, torch.sin(fit.x.detach()), "y without noise")


@values
def test_only_gen(learner: Learner, gen: Gen) -> None:
    """all random numbers come from gen"""
    source = gen.generator()
    twin = torch.Generator().set_state(source.get_state())
    first = learner.fit_sine("tanh", HIDDEN, LR, 2, 0.3, source)
    text = "Random numbers were drawn from a global generator instead of from `gen`."
    require(not learner.last.rng_advanced, text, mistake="global-draws")
    again = learner.fit_sine("tanh", HIDDEN, LR, 2, 0.3, twin)
    for name in ("x", "y", "y_pred"):
        want = getattr(first, name).detach()
        close(getattr(again, name), want, f"{name} from the same state of gen")
    last = gen.generator()
    other = learner.fit_sine("tanh", HIDDEN, LR, 2, 0.3, last)
    a, b = first.y - torch.sin(first.x), other.y - torch.sin(other.x)
    fixed = a.shape == b.shape and torch.equal(a, b) and bool(a.std() > 1e-6)
    seeded = torch.equal(source.get_state(), last.get_state())
    end = "are in the same state afterwards." if seeded else "gave the same noise."
    text = f"Two generators with different seeds {end}"
    require(not fixed and not seeded, text, mistake="fixed-seed")


@values
def test_noise(learner: Learner, gen: Gen) -> None:
    """the noise in y has mean 0 and standard deviation `noise`"""
    noise, found, peak = 0.4, list[Tensor](), 0.0
    for _ in range(12):
        fit = learner.fit_sine("tanh", HIDDEN, LR, 1, noise, gen.generator())
        found.append((fit.y - torch.sin(fit.x)).detach().reshape(-1))
        peak = max(peak, float(fit.y.detach().abs().max()))
        shared = float(found[-1].std()) < 1e-6 < float(found[-1].abs().max())
        text = "All points of a run were moved by the same amount; each has noise of its own."
        require(not shared, text, mistake="one-noise-for-all")
    rest = torch.cat(found)
    mean, std, n = float(rest.mean()), float(rest.std()), len(rest)
    spare = 5.5 / math.sqrt(n)
    # Moved inside the sine: no y is beyond 1, as some of 240 or more would be.
    mistake = "noise-inside" if peak <= 1 and std > 0.01 else _name_noise(mean, std, noise, spare)
    text = f"y - sin(x) has mean {mean:.3g} and standard deviation {std:.3g} over {n} points; with "
    text += f"noise {noise} they should be 0 and {noise}, up to chance."
    right = abs(std / noise - 1) < spare / math.sqrt(2) and abs(mean) < spare * noise
    require(right, text, mistake=mistake, mean=mean, std=std, noise=noise)


@values
def test_steps(learner: Learner, gen: Gen) -> None:
    """each epoch moves the parameters by lr times the gradient"""
    for act, lr in (("tanh", 0.03), ("relu", 0.01)):
        _judge_steps(_runs(learner, gen, act, lr, 0.0), act, lr)


@values
def test_noisy_steps(learner: Learner, gen: Gen) -> None:
    """the targets of every epoch are the y that comes back"""
    # Only when they are right without noise can noise be the reason.
    clean, noisy = (_runs(learner, gen, "tanh", 0.03, noise) for noise in (0.0, 0.3))
    _judge_steps(noisy, "tanh", 0.03, "other-targets" if _steps_are_right(clean) else None)


@values
def test_losses(learner: Learner, gen: Gen) -> None:
    """losses holds the loss before each update"""
    runs = _runs(learner, gen, "tanh", LR, 0.2)
    last = runs[-1]
    got, y = last.losses, last.y.detach()
    at = [float(_mse(_forward(r.params, last.x, torch.tanh), y)) for r in runs]  # after 1 to 4
    # losses[k] belongs to k updates; the start itself is not known here.
    right = all(_near(a, b) for a, b in zip(got[1:], at, strict=False))
    text = "losses and parameters don't belong together: the losses of 4 epochs are "
    text += f"{_numbers(got)}, but after 1, 2 and 3 epochs the loss is {_numbers(at[:3])}."
    cases = ((got, at, "loss-after-update"), (got[2:], at[:2], "one-update-too-many"))
    for seen, shifted, mistake in cases:
        same = all(_near(a, b) for a, b in zip(seen, shifted, strict=True))
        require(right or not same, text, mistake=mistake)
    text = f"The losses {got[1:]} are rounded; they should be {_numbers(at[:3])}."
    rounded = any(got[1:] == [round(v, k) for v in at[:3]] for k in range(1, 8))
    require(not rounded, text, mistake="rounded-losses")
    close(got[1:], at[:3], "losses[1] to losses[3]")


@values
def test_prediction(learner: Learner, gen: Gen) -> None:
    """y_pred is the output of the trained network at x"""
    # With the large lr the loss grows, so that the last outputs are not the best.
    for act, lr in (("tanh", 2.0), ("tanh", LR), ("relu", LR)):
        runs = _runs(learner, gen, act, lr, 0.2)
        before, last = runs[-2].params, runs[-1]
        got, x = last.y_pred.detach(), last.x.detach()
        cases: list[tuple[str, Tensor]] = [("stale-prediction", _forward(before, x, ACTS[act]))]
        error = float(_mse(got, last.y.detach()))
        if _near(error, min(last.losses)) and not _near(error, last.losses[-1]):
            cases.append(("best-prediction", got))
        others = [f for name, f in ACTS.items() if name != act] + [torch.clone, torch.sigmoid]
        if _steps_are_right(runs, act, lr):  # else it may be the training that is the odd one
            cases += [("other-prediction", _forward(last.params, x, f)) for f in others]
        want = _forward(last.params, x, ACTS[act])
        cases.append(("activation-on-output", ACTS[act](want)))
        cases += [("targets-returned", t) for t in (last.y.detach(), torch.sin(x))]
        for mistake, wrong in cases:
            same = _close(got, wrong) and not _close(got, want)
            require(not same, "y_pred is not the output of `params` at x.", mistake=mistake)
        close(got, want, f"y_pred with {act}")


@values
def test_twenty_epochs(learner: Learner, gen: Gen) -> None:
    """twenty epochs follow the path of gradient descent"""
    state = gen.generator().get_state()
    first, last = (_fit(learner, "tanh", LR, epochs, 0.2, state) for epochs in (1, 21))
    p = first.params
    for _ in range(20):
        p = _step(p, last.x, last.y, torch.tanh, LR)
    close(last.params, p, "the parameters after 21 epochs", steps=20)


@convergence
def test_late_steps(learner: Learner, gen: Gen) -> None:
    """the step is as large in epoch 502 as at the start"""
    late = _runs(learner, gen, "tanh", LR, 0.0, first=501, count=2)
    _judge_steps(late, "tanh", LR, "rate-changes")


@convergence
def test_learns(learner: Learner, gen: Gen) -> None:
    """64 tanh units get the loss below 0.05"""
    best, spoilt = math.inf, False
    for lr in (0.05, 0.02, 0.05, 0.02):
        losses = learner.fit_sine("tanh", 64, lr, 1000, 0.0, gen.generator()).losses
        if lr == 0.05:
            draw(learner, LossCurve.of(losses, LOW, HIGH, goal=GOOD))
        numbers = [x for x in losses if x == x]
        spoilt = spoilt or len(numbers) < len(losses) or numbers[-1] > 1e3
        best = min([best, *numbers])
        if best < GOOD:
            text = f"After 1,000 epochs there are {len(losses)} losses: it stopped before the end."
            require(len(losses) == 1000, text, mistake="stops-early")
            return
    text = f"The smallest loss in 1,000 epochs is {best:.3g}; it should get below {GOOD}."
    require(False, text, mistake="huge-start" if spoilt else None, best=best)


@convergence
def test_learns_the_sine(learner: Learner, gen: Gen) -> None:
    """trained on noisy points, it comes close to the clean sine"""
    best = math.inf
    for lr in (0.05, 0.02, 0.05, 0.02):
        fit = learner.fit_sine("tanh", 64, lr, 1000, 0.3, gen.generator())
        sine = torch.sin(fit.x.detach())
        draw(learner, FittedFunction.of(fit.x, fit.y, fit.y_pred, sine, title="the fitted sine"))
        error = float((fit.y_pred.detach() - sine).square().mean())
        best = error if error < best else best
        if best < GOOD:
            return
    text = f"With noise 0.3 the mean of (y_pred - sin(x))^2 is {best:.3g}, not below {GOOD}."
    require(False, text, best=best)


def _fit(learner: Learner, act: str, lr: float, epochs: int, noise: float, state: Tensor) -> Record:
    source = torch.Generator().set_state(state)
    fit = learner.fit_sine(act, HIDDEN, lr, epochs, noise, source)
    text = f"After {epochs} epochs there are {len(fit.losses)} losses: it stopped before the end."
    require(len(fit.losses) == epochs, text, mistake="stops-early")
    fit.fields["state"] = source.get_state()
    return fit


def _runs(
    learner: Learner, gen: Gen, act: str, lr: float, noise: float, first: int = 1, count: int = 4
) -> Runs:
    """Fits of 1, 2, 3 and 4 epochs, or of as many others, from the same state of gen."""
    state = gen.generator().get_state()
    runs = [_fit(learner, act, lr, first + k, noise, state) for k in range(count)]
    drawn = not torch.equal(runs[0].state, runs[1].state)  # by the second epoch
    for run, name in product(runs, ("x", "y")):
        got, want = getattr(run, name).detach(), getattr(runs[0], name).detach()
        text = f"{name} from the same state of gen changes with the number of epochs."
        require(_close(got, want) or not drawn, text, mistake="draws-in-loop")
        close(got, want, f"{name} from the same state of gen")
    return runs


def _forward(p: Record, x: Tensor, act: Act) -> Tensor:
    w1, b1, w2, b2 = (getattr(p, n).detach() for n in NAMES)
    return act(x.detach() @ w1 + b1) @ w2 + b2


def _mse(out: Tensor, y: Tensor) -> Tensor:
    return (out - y).square().mean()


def _grads(p: Record, x: Tensor, y: Tensor, act: Act, loss: Loss = _mse) -> Tensor:
    """The gradients of all parameters in a row."""
    w1, b1, w2, b2 = leaves = [getattr(p, n).detach().clone().requires_grad_() for n in NAMES]
    value = loss(act(x.detach() @ w1 + b1) @ w2 + b2, y.detach())
    return torch.cat([g.reshape(-1) for g in torch.autograd.grad(value, leaves)])


def _row(p: Record) -> Tensor:
    return torch.cat([getattr(p, n).detach().reshape(-1) for n in NAMES])


def _step(p: Record, x: Tensor, y: Tensor, act: Act, lr: float) -> Record:
    old = [getattr(p, n).detach() for n in NAMES]
    grads = _grads(p, x, y, act).split([t.numel() for t in old])
    new = [t - lr * g.view_as(t) for t, g in zip(old, grads, strict=True)]
    return Record("MlpParams", dict(zip(NAMES, new, strict=True)))


def _compare(runs: Runs, act: str) -> list[tuple[Tensor, Tensor]]:
    """What each epoch took away from the parameters, from the second on, and the gradients."""
    rows = pairwise(_row(r.params) for r in runs)
    grads = [_grads(r.params, r.x, r.y, ACTS[act]) for r in runs[:-1]]
    return [(a - b, g) for (a, b), g in zip(rows, grads, strict=True)]


def _steps_are_right(runs: Runs, act: str = "tanh", lr: float = 0.03) -> bool:
    # Late moves are small beside the parameters, so that float32 rounds them more.
    slack = 1e-4 if len(runs) > len(runs[0].losses) else 1e-2
    return all(_close(m, lr * g, slack) for m, g in _compare(runs, act))


def _judge_steps(runs: Runs, act: str, lr: float, otherwise: str | None = None) -> None:
    """The moves between runs that differ by one epoch."""
    ratio, first = _factor(*_compare(runs, act)[0]) / lr, len(runs[0].losses) + 1
    told = f": the move is {ratio:.4g} times the one that was asked for." if ratio == ratio else "."
    right = _steps_are_right(runs, act, lr)
    mistake = None if right else otherwise or _name_move(runs, act, lr)
    text = f"With {act} and lr {lr}, the moves from epoch {first} on are not -lr times the gradient"
    text += f" of the loss at the parameters of the epoch before{told}"
    require(mistake is None, text, mistake=mistake, ratio=ratio)
    for epoch, (before, after) in enumerate(pairwise(runs), start=first):
        want = _step(before.params, before.x, before.y, ACTS[act], lr)
        close(after.params, want, f"the parameters after {epoch} epochs")


def _name_move(runs: Runs, act: str, lr: float) -> str | None:
    """The mistake behind moves that are not lr times the gradient."""
    (first, grad), (second, following), _ = pairs = _compare(runs, act)
    p, x, y, f = runs[0].params, runs[0].x.detach(), runs[0].y.detach(), ACTS[act]
    moved = first != 0
    if not moved.any():
        return "no-learning"
    if grad[~moved].any() and _close(first[moved], lr * grad[moved]):
        return "tensor-forgotten"
    kept = _factor(second - lr * following, first)
    if kept == kept and kept > 1e-3:
        return "gradients-pile-up" if _near(kept, 1.0) else "momentum"
    ratio, *later = [_factor(m, g) / lr for m, g in pairs]
    if _near(ratio, 0.5 / math.sqrt(_mse(_forward(p, x, f), y))):
        return "root-loss"
    if ratio == ratio and any(r == r and not _near(r, ratio) for r in later):
        return "rate-changes"
    for mistake, expected in zip(FACTORS, (-1.0, len(x), 1 / lr, lr, 0.5, 2.0), strict=True):
        if _near(ratio, expected):
            return mistake
    other = torch.relu if act == "tanh" else torch.tanh
    for mistake, wrong in (
        ("no-activation", _grads(p, x, y, torch.clone)),
        ("other-activation", _grads(p, x, y, other)),
        ("other-activation", _grads(p, x, y, torch.sigmoid)),
        ("activation-on-output", _grads(p, x, y, f, lambda out, t: _mse(f(out), t))),
        ("flat-targets", _grads(p, x, y.reshape(-1), f)),
        ("absolute-loss", _grads(p, x, y, f, lambda out, t: (out - t).abs().mean())),
    ):
        if _close(first, lr * wrong):
            return mistake
    for size in (n for n in (1, 5, 8, 10, 16, 20, 25, 32, 50, 64) if n < len(x)):
        q = p
        for rows, targets in zip(x.split(size), y.split(size), strict=True):
            q = _step(q, rows, targets, f, lr)
        if _close(first, _row(p) - _row(q)):
            return "mini-batches"
    # Adam and its relatives: all moves of about one size, whatever the gradients are.
    sizes = [t.abs() / t.abs().median() for t in (first, grad)]
    moves, grads = (float(((t > 0.7) & (t < 1.4)).double().mean()) for t in sizes)
    if moves > 0.65 > grads:
        return "adaptive-steps"
    return None if torch.equal(runs[0].state, runs[1].state) else "draws-in-loop"


def _name_noise(mean: float, std: float, noise: float, spare: float) -> str | None:
    if std < 1e-9:
        return "no-noise"
    if abs(mean) > spare * noise:
        return "uniform-noise" if abs(std / noise / 12**-0.5 - 1) < spare else None
    spreads = (noise**0.5, noise**2, noise / 3**0.5)
    for mistake, expected in zip(SPREADS, spreads, strict=True):
        if abs(std / expected - 1) < spare:
            return mistake
    return None


def _factor(a: Tensor, b: Tensor) -> float:
    """c where a = c * b; NaN where there is no such number."""
    c = (a @ b) / (b @ b)
    return float(c) if _close(a, c * b) else math.nan


def _close(got: Tensor, want: Tensor, slack: float = 1e-4) -> bool:
    """Only for telling mistakes apart; so loose that float32 answers are told, too."""
    return got.shape == want.shape and float((got - want).norm()) <= slack * float(want.norm())


def _near(a: float, b: float) -> bool:
    return abs(a - b) <= 1e-4 * abs(b)


def _numbers(values: list[float]) -> str:
    return ", ".join(f"{v:.6g}" for v in values)
