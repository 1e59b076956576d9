"""2.3.4: the fit is compared with itself, one epoch longer: start and points are the learner's own.

Two runs from the same state of gen share their beginning, so the parameters after k + 1 epochs are
those after k epochs minus lr times the gradient there, whatever the start was. Equal mathematics
in another order differs by 1e-15 after 20 steps.

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
from collections.abc import Callable
from itertools import pairwise

import torch
from torch import Tensor

from dojo.judge.vocabulary import Gen, Learner, close, convergence, draw, require, shapes, values
from dojo.pictures import FittedFunction, LossCurve
from dojo.values import Record

Act = Callable[[Tensor], Tensor]

NAMES = ("w1", "b1", "w2", "b2")
ACTS: dict[str, Act] = {"tanh": torch.tanh, "relu": torch.relu}
HIDDEN, LR = 6, 0.02
GOOD = 0.05
# For the picture: losses around each hundredth epoch (200 seeds of the solution, lr 0.05).
LOW = (0.013, 0.0053, 0.0041, 0.0033, 0.0028, 0.0024, 0.0021, 0.0019, 0.0017, 0.0015, 0.0015)
HIGH = (72, 72, 0.54, 0.17, 0.13, 0.093, 0.035, 0.035, 0.026, 0.008, 0.0055)


@shapes
def test_record(learner: Learner, gen: Gen) -> None:
    """parameters, one loss an epoch and the points come back in their shapes"""
    for hidden, epochs in ((5, 3), (1, 1)):
        fit = learner.fit_sine("tanh", hidden, LR, epochs, 0.1, gen.generator())
        wanted = ((1, hidden), (hidden,), (hidden, 1), (1,))
        for name, want in zip(NAMES, wanted, strict=True):
            got = tuple(getattr(fit.params, name).shape)
            text = f"{name} has shape {got}; with {hidden} hidden units it is {want}."
            require(got == want, text, hidden=hidden)
        count = len(fit.losses)
        require(
            count == epochs,
            f"losses has {count} entries after {epochs} epochs; it holds one an epoch.",
            entries=count,
            epochs=epochs,
        )
        n = len(fit.x)
        require(n >= 20, f"There are {n} points; at least 20 are asked for.", points=n)


@values
def test_start(learner: Learner, gen: Gen) -> None:
    """the hidden units start different from each other"""
    p = learner.fit_sine("tanh", HIDDEN, LR, 1, 0.0, gen.generator()).params
    units = torch.cat([p.w1.detach().T, p.b1.detach().reshape(-1, 1), p.w2.detach()], dim=1)
    zero = not bool(units.any())
    require(
        not bool((units - units[:1]).abs().max() < 1e-12),
        "After one epoch all hidden units hold the same numbers"
        + (", and all of them are zero." if zero else "."),
        mistake="zero-start" if zero else "equal-units",
    )


@values
def test_x(learner: Learner, gen: Gen) -> None:
    """x covers [-pi, pi]"""
    x = learner.fit_sine("tanh", HIDDEN, LR, 1, 0.0, gen.generator()).x.detach()
    low, high, n = float(x.min()), float(x.max()), len(x)
    # Of n uniform draws none falls into a stretch of 100/n at one end with probability 1e-7.
    gap = min(100 / n, 2.0)
    inside = low >= -math.pi - 1e-6 and high <= math.pi + 1e-6
    require(
        inside and low < gap - math.pi and high > math.pi - gap,
        f"x runs from {low:.3g} to {high:.3g}; it should cover -3.14 to 3.14 (pi).",
        mistake="other-interval",
        low=low,
        high=high,
    )


@values
def test_clean_targets(learner: Learner, gen: Gen) -> None:
    """with noise 0, y is sin(x)"""
    fit = learner.fit_sine("relu", HIDDEN, LR, 1, 0.0, gen.generator())
    close(fit.y, torch.sin(fit.x.detach()), "y without noise")


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
    inside = peak <= 1 and std > 0.01
    require(
        abs(std / noise - 1) < spare / math.sqrt(2) and abs(mean) < spare * noise,
        f"y - sin(x) has mean {mean:.3g} and standard deviation {std:.3g} over {n} points; with "
        f"noise {noise} they should be 0 and {noise}, up to chance.",
        mistake="noise-inside" if inside else _name_noise(mean, std, noise, spare),
        mean=mean,
        std=std,
        noise=noise,
    )


@values
def test_only_gen(learner: Learner, gen: Gen) -> None:
    """all random numbers come from gen"""
    source = gen.generator()
    twin = torch.Generator()
    twin.set_state(source.get_state())
    first = learner.fit_sine("tanh", HIDDEN, LR, 2, 0.3, source)
    require(
        not learner.last.rng_advanced,
        "Random numbers were drawn from a global generator instead of from `gen`.",
        mistake="global-draws",
    )
    again = learner.fit_sine("tanh", HIDDEN, LR, 2, 0.3, twin)
    for name in ("x", "y", "y_pred"):
        want = getattr(first, name).detach()
        close(getattr(again, name), want, f"{name} from the same state of gen")
    other = learner.fit_sine("tanh", HIDDEN, LR, 2, 0.3, gen.generator())
    for name, a, b in (
        ("start", first.params.w1, other.params.w1),
        ("noise", first.y - torch.sin(first.x), other.y - torch.sin(other.x)),
    ):
        text = f"Two generators with different seeds gave the same {name}."
        fixed = a.shape == b.shape and torch.equal(a, b) and float(a.std()) > 1e-6
        require(not fixed, text, mistake="fixed-seed")


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
    outputs = [_forward(r.params, last.x, torch.tanh) for r in runs]
    at = [float((out - last.y.detach()).square().mean()) for out in outputs]  # after 1 to 4 epochs
    got = last.losses
    # losses[k] belongs to k updates; the start itself is not known here.
    right = all(_near(a, b) for a, b in zip(got[1:], at, strict=False))
    for shift, mistake in ((0, "loss-after-update"), (2, "one-update-too-many")):
        shifted = at[:4] if shift == 0 else at[:2]
        seen = got[:4] if shift == 0 else got[2:]
        require(
            right or not all(_near(a, b) for a, b in zip(seen, shifted, strict=True)),
            "losses and parameters don't belong together: the losses of 4 epochs are "
            f"{_numbers(got)}, but after 1, 2 and 3 epochs the loss is {_numbers(at[:3])}.",
            mistake=mistake,
        )
    close(got[1:], at[:3], "losses[1] to losses[3]")


@values
def test_prediction(learner: Learner, gen: Gen) -> None:
    """y_pred is the output of the trained network at x"""
    for act in ACTS:
        runs = _runs(learner, gen, act, LR, 0.2)
        before, last = runs[-2].params, runs[-1]
        got, x = last.y_pred.detach(), last.x.detach()
        cases: list[tuple[str, Tensor]] = [("stale-prediction", _forward(before, x, ACTS[act]))]
        others = [f for name, f in ACTS.items() if name != act] + [torch.clone, torch.sigmoid]
        if _steps_are_right(runs, act, LR):  # else it may be the training that is the odd one
            cases += [("other-prediction", _forward(last.params, x, f)) for f in others]
        cases.append(("activation-on-output", _forward(last.params, x, ACTS[act], ACTS[act])))
        cases += [("targets-returned", t) for t in (last.y.detach(), torch.sin(x))]
        want = _forward(last.params, x, ACTS[act])
        for mistake, wrong in cases:
            same = _close(got, wrong) and not _close(got, want)
            require(not same, "y_pred is not the output of `params` at x.", mistake=mistake)
        close(got, want, f"y_pred with {act}")


@values
def test_twenty_epochs(learner: Learner, gen: Gen) -> None:
    """twenty epochs follow the path of gradient descent"""
    state = gen.generator().get_state()
    first, last = (_fit(learner, "tanh", LR, epochs, 0.2, state) for epochs in (1, 21))
    p = Record("MlpParams", {n: getattr(first.params, n).detach() for n in NAMES})
    for _ in range(20):
        grads = _grads(p, last.x, last.y, torch.tanh)
        p.fields = {n: p.fields[n] - LR * g for n, g in zip(NAMES, grads, strict=True)}
    for name, want in p.fields.items():
        close(getattr(last.params, name), want, f"{name} after 21 epochs", steps=20)


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
    require(
        False,
        f"The smallest loss in 1,000 epochs is {best:.3g}; it should get below {GOOD}.",
        mistake="huge-start" if spoilt else None,
        best=best,
    )


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
    require(
        False,
        f"With noise 0.3 the mean of (y_pred - sin(x))^2 is {best:.3g} at best, not below {GOOD}.",
        best=best,
    )


def _fit(learner: Learner, act: str, lr: float, epochs: int, noise: float, state: Tensor) -> Record:
    source = torch.Generator()
    source.set_state(state)
    return learner.fit_sine(act, HIDDEN, lr, epochs, noise, source)


def _runs(learner: Learner, gen: Gen, act: str, lr: float, noise: float) -> list[Record]:
    """Fits of 1, 2, 3 and 4 epochs from the same state of gen."""
    state = gen.generator().get_state()
    runs = [_fit(learner, act, lr, epochs, noise, state) for epochs in (1, 2, 3, 4)]
    for run in runs:
        for name in ("x", "y"):
            want = getattr(runs[0], name).detach()
            close(getattr(run, name), want, f"{name} from the same state of gen")
    return runs


def _forward(p: Record, x: Tensor, act: Act, out: Act = torch.clone) -> Tensor:
    w1, b1, w2, b2 = (getattr(p, n).detach() for n in NAMES)
    return out(act(x.detach() @ w1 + b1) @ w2 + b2)


def _grads(p: Record, x: Tensor, y: Tensor, act: Act, out: Act = torch.clone) -> list[Tensor]:
    leaves = {n: getattr(p, n).detach().clone().requires_grad_() for n in NAMES}
    w1, b1, w2, b2 = leaves.values()
    loss = (out(act(x.detach() @ w1 + b1) @ w2 + b2) - y.detach()).square().mean()
    return list(torch.autograd.grad(loss, (w1, b1, w2, b2)))


def _moves(runs: list[Record]) -> list[list[Tensor]]:
    """What each epoch took away from the parameters, from the second epoch on."""
    fields = [[getattr(r.params, n).detach() for n in NAMES] for r in runs]
    return [[a - b for a, b in zip(p, q, strict=True)] for p, q in pairwise(fields)]


def _steps_are_right(runs: list[Record], act: str = "tanh", lr: float = 0.03) -> bool:
    grads = [_grads(r.params, r.x, r.y, ACTS[act]) for r in runs[:-1]]
    return all(_same_move(m, g, lr) for m, g in zip(_moves(runs), grads, strict=True))


def _judge_steps(runs: list[Record], act: str, lr: float, otherwise: str | None = None) -> None:
    """The moves between runs that differ by one epoch."""
    ratio = _factor(_moves(runs)[0], _grads(runs[0].params, runs[0].x, runs[0].y, ACTS[act])) / lr
    told = f": the move is {ratio:.4g} times the one that was asked for." if ratio == ratio else "."
    right = _steps_are_right(runs, act, lr)
    mistake = None if right else _name_move(runs, ratio, act, lr) or otherwise
    require(
        mistake is None,
        f"With {act} and lr {lr}, epoch 2 did not move the parameters by -lr times the gradient of "
        f"the loss at the parameters of epoch 1{told}",
        mistake=mistake,
        ratio=ratio,
    )
    for k, (before, after) in enumerate(pairwise(runs), start=2):
        grads = _grads(before.params, before.x, before.y, ACTS[act])
        for name, g in zip(NAMES, grads, strict=True):
            want = getattr(before.params, name).detach() - lr * g
            close(getattr(after.params, name), want, f"{name} after {k} epochs")


def _name_move(runs: list[Record], ratio: float, act: str, lr: float) -> str | None:
    """The mistake behind moves that are not lr times the gradient."""
    first, second, *_ = _moves(runs)
    p, x, y, f = runs[0].params, runs[0].x, runs[0].y, ACTS[act]
    grads, following = _grads(p, x, y, f), _grads(runs[1].params, x, y, f)
    moved = [i for i, m in enumerate(first) if bool(m.any())]
    if not moved:
        return "no-learning"
    if len(moved) < 4 and _same_move([first[i] for i in moved], [grads[i] for i in moved], lr):
        return "tensor-forgotten"
    kept = _factor([m - lr * g for m, g in zip(second, following, strict=True)], first)
    if kept == kept and kept > 1e-3:
        return "gradients-pile-up" if _near(kept, 1.0) else "momentum"
    for mistake, expected in (
        ("uphill", -1.0),
        ("sum-loss", float(len(x))),
        ("lr-missing", 1 / lr),
        ("lr-twice", lr),
        ("half-step", 0.5),
        ("double-step", 2.0),
    ):
        if _near(ratio, expected):
            return mistake
    other = torch.relu if act == "tanh" else torch.tanh
    for mistake, wrong in (
        ("no-activation", _grads(p, x, y, torch.clone)),
        ("other-activation", _grads(p, x, y, other)),
        ("other-activation", _grads(p, x, y, torch.sigmoid)),
        ("activation-on-output", _grads(p, x, y, f, f)),
        ("flat-targets", _grads(p, x, y.reshape(-1), f)),
    ):
        if _same_move(first, wrong, lr):
            return mistake
    return None


def _name_noise(mean: float, std: float, noise: float, spare: float) -> str | None:
    if std < 1e-9:
        return "no-noise"
    if abs(mean) > spare * noise:
        return "uniform-noise" if abs(std / noise / 12**-0.5 - 1) < spare else None
    for mistake, expected in (
        ("noise-as-variance", noise**0.5),
        ("noise-squared", noise**2),
        ("uniform-noise", noise / 3**0.5),
    ):
        if abs(std / expected - 1) < spare:
            return mistake
    return None


def _flat(tensors: list[Tensor]) -> Tensor:
    return torch.cat([t.reshape(-1) for t in tensors])


def _factor(moved: list[Tensor], grads: list[Tensor]) -> float:
    """c where moved = c * grads; NaN where there is no such number."""
    a, b = _flat(moved), _flat(grads)
    c = (a @ b) / (b @ b)
    return float(c) if _close(a, c * b) else math.nan


def _same_move(moved: list[Tensor], grads: list[Tensor], lr: float) -> bool:
    return _close(_flat(moved), lr * _flat(grads))


def _close(got: Tensor, want: Tensor) -> bool:
    """Only for telling mistakes apart; so loose that float32 answers are told, too."""
    return got.shape == want.shape and float((got - want).norm()) <= 1e-4 * float(want.norm())


def _near(a: float, b: float) -> bool:
    return abs(a - b) <= 1e-4 * abs(b)


def _numbers(values: list[float]) -> str:
    return ", ".join(f"{v:.6g}" for v in values)
