"""1.5.4: long steps exactly, tiny ones up to what rounding may do, the best step without luck.

For steps of 1e-3 and more the quotient's rounding is below 1e-12 and its error above 1e-8, so
errors are compared entry by entry to 1e-10 plus a millionth. Below, rounding decides: two right
orders of the same operations differ by some eps * (|f| + |x f'|) / h. The best step of a smooth
function is 1e-5 (error below 2e-10 in 4,000 cases) where 1e-4 and 1e-6 to 1e-9 are left out, which
compete with it. The noise of a function rounded to six digits is the same for everybody; near ties
are drawn again. Long for its numbers: what rounding decides can't be compared with a constant.
"""

import math

import torch

from dojo.suite.vocabulary import Gen, Learner, Spy, close, length, require, shapes, values

About = tuple[float, float, float, int]
EPS = 2.0**-52
LONG = (0.5, 0.003, 0.2, 0.01, 0.4, 0.03)
ALL = tuple(10.0**-k for k in (3, 9, 1, 12, 5, 7, 2, 10, 4, 11, 6, 8))
CLEAR = tuple(h for h in ALL if h > 5e-4 or 5e-6 < h < 5e-5 or h < 5e-10)
ROUGH = (0.3, 0.1, 0.03, 0.01, 0.003, 1e-3, 1e-4, 1e-5)


def _f(about: About, t: float) -> float:
    scale, a, b, digits = about
    value = scale * math.tanh(a * t + b)
    return round(value, digits) if digits else value


def _df(about: About, t: float) -> float:
    scale, a, b, _ = about
    return scale * a * (1 - math.tanh(a * t + b) ** 2)


def _errors(about: About, x: float, steps: tuple[float, ...]) -> list[float]:
    slopes = [(_f(about, x + h) - _f(about, x - h)) / (2 * h) for h in steps]
    return [abs(slope - _df(about, x)) for slope in slopes]


def _case(gen: Gen, sign: float, digits: int = 0) -> tuple[About, float]:
    """A function and a point where its third derivative is of the size one."""
    scale, a, x = (float(gen.uniform(*w)) for w in ((1.2, 1.8), (0.8, 1.2), (-1.5, 1.5)))
    return (sign * scale, a, float(gen.uniform(-0.25, 0.25)) - a * x, digits), x


def _shuffled(gen: Gen, steps: tuple[float, ...]) -> tuple[float, ...]:
    return tuple(steps[i] for i in gen.permutation(len(steps)).tolist())


@shapes
def test_one_error_each(learner: Learner, gen: Gen) -> None:
    """one error for each step, and one of the steps as the best"""
    for steps in ((0.1, 0.5), (0.3,)):
        errors = learner.errors_by_step(Spy(math.sin), Spy(math.cos), 0.7, list(steps))
        length(errors, len(steps), "the list of errors")
        best = learner.best_step(Spy(math.sin), Spy(math.cos), 0.7, list(steps))
        require(isinstance(best, float), f"The best step is {best!r}, not a float.")


@values
def test_long_steps(learner: Learner, gen: Gen) -> None:
    """for long steps: the distance between quotient and derivative"""
    for sign in (1.0, -1.0):
        about, x = _case(gen, sign)
        steps = _shuffled(gen, LONG)
        got = learner.probe.errors_by_step(about, x, list(steps))
        want = _errors(about, x, steps)
        length(got, len(steps), "the list of errors")
        _not_single(steps, got, want)
        close(got, want, "the list of errors")
        for h, e, w in zip(steps, got, want, strict=True):
            text = f"For the step {h:g} the error is {e:.4g}, but it should be {w:.4g}."
            require(abs(e - w) < 1e-10 + 1e-6 * w, text)


@values
def test_again(learner: Learner, gen: Gen) -> None:
    """asked again: the same function at another place, with other steps, with many"""
    about, x = _case(gen, 1.0)
    many = tuple((0.001 * gen.randint(1, 500, 70).double()).tolist())
    asked = [(x, LONG), (x, (0.25, 0.1)), (x + 1, (0.25, 0.1)), (x, many)]
    found = learner.probe.errors_in_turn(about, [(at, list(steps)) for at, steps in asked])
    for got, (at, steps) in zip(found, asked, strict=True):
        length(got, len(steps), "the list of errors")
        close(got, _errors(about, at, steps), "the list of errors")


@values
def test_valley(learner: Learner, gen: Gen) -> None:
    """from 0.1 down to 1e-12: down to rounding, and up again"""
    about, x = _case(gen, 1.0)
    steps = _shuffled(gen, ALL)
    got = learner.probe.errors_by_step(about, x, steps)
    noise = 8 * EPS * (abs(_f(about, x)) + abs(x * _df(about, x)) + 1)

    def fits(h: float, e: float, w: float) -> bool:
        return abs(e - w) <= noise / h + 1e-6 * w

    longest = [h for h in steps if h in sorted(steps)[-len(got) :]]
    kept = map(fits, longest, got, _errors(about, x, tuple(longest)))
    mistake = "steps-left-out" if 0 < len(got) < len(steps) and all(kept) else None
    length(got, len(steps), "the list of errors", mistake=mistake)
    rounded = any(got) and all(round(each, 12) == each for each in got)
    require(not rounded, "No error has more than twelve decimals.", mistake="rounded-errors")
    want = _errors(about, x, steps)
    off = {h: abs(e - w) for h, e, w in zip(steps, got, want, strict=True)}
    single = off[1e-1] < 1e-4 < 1e-3 < min(off[1e-6], off[1e-7])  # float32 has that many digits
    for h, e, w in zip(steps, got, want, strict=True):
        text = f"For the step {h:.0e} the error is {e:.6g}, but it should be about {w:.6g}."
        require(fits(h, e, w), text, mistake="float32" if single else None)


@values
def test_best_of_smooth(learner: Learner, gen: Gen) -> None:
    """the best step for a smooth function in float64"""
    said: list[tuple[float, float]] = []
    for k in range(8):
        about, x = _case(gen, 1 - 2 * (k % 2))
        steps = _shuffled(gen, CLEAR)
        best = learner.probe.best_step(about, x, list(steps))
        _one_of(best, steps)
        said.append((best, _errors(about, x, (best,))[0]))
    for best, error in said:  # all were asked first: only together do they tell mistakes apart
        text = f"The step {best:.0e} has the error {error:.1e}, another one less than 1e-9."
        require(error < 1e-8, text)


@values
def test_best_of_rounded(learner: Learner, gen: Gen) -> None:
    """the best step for a function that is known to six digits only"""
    said: list[tuple[float, float, float]] = []
    while len(said) < 12:
        about, x = _case(gen, 1 - 2 * (len(said) % 2), digits=6)
        steps = _shuffled(gen, ROUGH)[: gen.integer(5, 8)]
        first, second = sorted(_errors(about, x, steps))[:2]
        if second > 3 * first:
            best = learner.probe.best_step(about, x, steps)
            _one_of(best, steps)
            said.append((best, _errors(about, x, (best,))[0], first))
    for best, error, least in said:
        text = f"The step {best:g} has the error {error:.1e}, the best one only {least:.1e}."
        require(error <= least + 1e-10, text)


def _one_of(best: float, steps: tuple[float, ...]) -> None:
    require(best in steps, f"The best step is {best!r}, which is none of the steps.")


def _not_single(steps: tuple[float, ...], got: list[float], want: list[float]) -> None:
    """Name float32: numbers that fit into it, or noise that grows as the steps get shorter."""
    off = {h: abs(e - w) for h, e, w in zip(steps, got, want, strict=True)}
    fits = max(off.values()) < 1e-3 and torch.tensor(got, dtype=torch.float32).tolist() == got
    noise = [h * d for h, d in off.items()]
    grows = max(off[0.003], off[0.01]) > 15 * max(off[0.4], off[0.5])
    noisy = 1e-9 < max(noise) < 5e-7 and 2 * min(noise) < max(noise) and grows
    text = "The list of errors has no more digits than float32 keeps."
    require(not fits and not noisy, text, mistake="float32")
