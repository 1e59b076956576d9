"""2.1.1: labels, half circles, how the points spread, the noise's source and size.

Angles and order are the learner's choice, so properties are judged, and no replay tells mistakes
apart. From one state of gen most answers draw the same points whatever the noise is: then what
noise adds shows what is wrong with it. Hence the length.

Chance (N = 20,000 points; even steps of the angle have less of it than random ones): each of the
following is allowed six standard errors or more, which a right answer exceeds with probability
2e-9, so all of them together fail it in fewer than one of ten million judgements.

    share of each eighth of a moon     standard error 0.0033             allowed 0.020
    spread of the noise, a quarter     1 / sqrt(10,000) of it            allowed 0.06
    mean of the noise                  1 / sqrt(10,000) of it            allowed 0.07
    noise of one point times another's less than 1 / sqrt(10,000)        allowed 0.07
    share within 1                     sqrt(0.683 * 0.317 / 20,000)      allowed 0.020

Worst seen over 200 seeds and four styles: 0.0132, 0.0345, 0.0316, 0.0259, 0.0117. Beyond the two
ends of a moon stray 30 points or more on average; none at all has probability exp(-30).
"""

import math

import torch
from torch import Tensor

from dojo.suite.vocabulary import (
    Gen,
    Learner,
    close,
    draws_from,
    finite,
    length,
    require,
    shapes,
    values,
)
from dojo.words.numbers import rounded

N = 20_000
CENTRES = torch.tensor([[0.0, 0.0], [1.0, 0.5]], dtype=torch.float64)
NAMES = ("upper", "lower")


@shapes
def test_columns(learner: Learner, gen: Gen) -> None:
    """n points with two coordinates each, and a column of labels"""
    for n in (7, 2, 30):
        found = learner.probe.columns(n, 0.1, gen.generator())
        length(found, 2, "the result")
        (points, _), (labels, dtype) = found
        known = {
            "results-swapped": (points, labels) == ([n, 1], [n, 2]),
            "points-as-columns": points == [2, n] != [n, 2],
            "odd-row-lost": n % 2 == 1 and points == [n - 1, 2],
            "n-on-each-moon": points == [2 * n, 2],
            "flat-labels": labels == [n],
            "whole-number-labels": dtype != "" and "float" not in dtype,
        }
        text = (
            f"For n = {n}, x has the shape {tuple(points)} and y the shape {tuple(labels)} and the "
            f"type {dtype}. Expected are ({n}, 2), ({n}, 1) and a floating type."
        )
        for mistake, made in known.items():
            require(not made, text, mistake=mistake)
        learner.moons(n, 0.1, gen.generator())


@values
def test_labels(learner: Learner, gen: Gen) -> None:
    """labels are 0 and 1, half of each"""
    for n in (7, 2, 30, 3, 101, 5001):
        _, y = learner.moons(n, 0.1, gen.generator())
        odd = y[(y != 0) & (y != 1)].tolist()
        require(not odd, f"There are labels such as {odd[:1]}.", mistake="other-labels")
        ones = int(y.sum())
        text = f"Of {n} points, {ones} have the label 1 and {n - ones} the label 0."
        require(abs(n - 2 * ones) <= 1, text, mistake="uneven-classes")


@values
def test_half_circles(learner: Learner, gen: Gen) -> None:
    """without noise every point lies on its half circle"""
    for n in (40, 61, 2):
        (x, y), (noisy, _) = _data(learner, gen, n, 0.0, 0.3)
        for label in (0, 1):
            if n > 2:
                _judge_moon(x, y[:, 0] == label, label, ignored=torch.equal(x, noisy))
            away = (x[y[:, 0] == label] - CENTRES[label]).norm(dim=1)
            close(away, torch.ones(len(away)), f"the distance of class {label} from its centre")


@values
def test_spread(learner: Learner, gen: Gen) -> None:
    """the points spread evenly over the whole half circle"""
    [(x, y)] = _data(learner, gen, N, 0.0)
    for label, name in enumerate(NAMES):
        out = _out(x, y)[y[:, 0] == label]
        angle = torch.atan2(out[:, 1].abs(), out[:, 0]).clamp(0, math.pi - 1e-9)
        shares = torch.histc(angle, 8, 0, math.pi) / len(angle)
        listed = ", ".join(f"{share:.1%}" for share in shares.tolist())
        text = f"The eighths of the {name} moon's bow hold {listed} of its points, not 12.5% each."
        known = {
            "part-of-the-arc": bool(shares.min() < 0.002),
            "even-in-x": abs(float(shares[2:6].sum()) - math.sqrt(0.5)) < 0.02,
        }
        mistake = next((mistake for mistake, made in known.items() if made), None)
        require(bool(((shares - 1 / 8).abs() < 0.02).all()), text, mistake)


@values
def test_source(learner: Learner, gen: Gen) -> None:
    """all randomness comes from gen"""

    def call(source: torch.Generator, noise: float = 0.3) -> list[Tensor]:
        x, y = learner.moons(9, noise, source)
        finite(x, "x")
        return [x, y]

    known = {"elsewhere": "global-random", "another": "global-random", "fixed": "own-seed"}
    calm = call(gen.generator(), 0.0)  # no randomness at all: test_noise says so
    draws_from(learner, gen, call, "data", calm=calm, restarts="starts-over", **known)


@values
def test_noise(learner: Learner, gen: Gen) -> None:
    """the noise is normal, in both coordinates, and its standard deviation is noise"""
    # Small, so that the distance from the circle shows the noise across it.
    noise = gen.uniform(0.012, 0.018).item()
    (before, moon), (x, y) = _data(learner, gen, N, 0.0, noise)
    mistake = _noise_mistake(x - before, before, moon, noise)
    out = _out(x, y)
    away = out.norm(dim=1, keepdim=True)
    eps, across = (away[:, 0] - 1) / noise, out / away
    size = float(eps.square().mean().sqrt())
    require(size > 1e-4, "All points lie exactly on the circles.", mistake)

    mean = torch.linalg.lstsq(across, eps.unsqueeze(1)).solution
    rest = eps - (across @ mean)[:, 0]
    require(float(rest.std()) > 0.02 * size, "All points are shifted together.", mistake)
    # The noise across the circle points along the x axis in places, along y in others, and so on.
    direction = (torch.atan2(across[:, 1], across[:, 0]) + math.pi / 8).remainder(math.pi)
    quarter = (direction / (math.pi / 4)).long().clamp(0, 3)
    spread = [float(rest[quarter == k].std()) for k in range(4)]
    require(
        all(abs(s - 1) < 0.06 for s in spread),
        f"noise is {noise:.4f}. Along the x axis the points stray by {spread[0] * noise:.4f}, "
        f"along y by {spread[2] * noise:.4f}, along the diagonals by {spread[1] * noise:.4f} and "
        f"{spread[3] * noise:.4f} (standard deviations).",
        mistake,
    )
    shift = [float(m) * noise for m in mean]
    text = f"The noise has mean {shift[0]:.4f} along x and {shift[1]:.4f} along y, not 0 each."
    require(float(mean.abs().max()) < 0.07, text, mistake="noise-off-centre")
    for gap in (1, N // 2):  # neighbours, and points in the same place of the two halves
        pairs = rest[gap:] * rest[:-gap] * (across[gap:] * across[:-gap]).sum(dim=1)
        text = "The noise of a point goes with the noise of another one."
        require(abs(float(pairs.mean())) < 0.07, text, mistake="noise-shared")
    for moon, name in enumerate(NAMES):  # along the circle nothing shows, except at its ends
        text = f"No point of the {name} moon strays beyond an end of its half circle."
        height = out[y[:, 0] == moon, 1] * (1 - 2 * moon)
        require(bool((height < -1e-5).any()), text, mistake="noise-on-the-angle")
    share, want = float((rest.abs() < 1).double().mean()), math.erf(math.sqrt(0.5))
    text = f"{share:.1%} of the noise lies within one standard deviation, not {want:.1%}."
    require(abs(share - want) < 0.02, text, mistake)


def _data(learner: Learner, gen: Gen, n: int, *noises: float) -> list[tuple[Tensor, Tensor]]:
    """The data for each noise, all from one state of gen; both classes are there."""
    source, out = gen.generator(), list[tuple[Tensor, Tensor]]()
    state = source.get_state()
    for noise in noises:
        source.set_state(state)
        x, y = learner.moons(n, noise, source)
        finite(x, "x")
        for label in (0, 1):
            count = int((y == label).sum())
            text = f"Of {n} points, {count} have the label {label}."
            require(count >= max(1, n // 2 - 3), text)
        if n == N and noise == 0:  # how they are misplaced is told of fewer
            lost = sum(int((~_on(x[y[:, 0] == moon], moon)).sum()) for moon in (0, 1))
            require(lost == 0, f"Without noise, {lost} of {n} points are off their moon.")
        out.append((x, y))
    return out


def _judge_moon(x: Tensor, mine: Tensor, label: int, ignored: bool) -> None:
    """The points of a moon lie on it; ``ignored``: they are the same with noise."""
    points, name, (cx, cy) = x[mine], NAMES[label], CENTRES[label].tolist()
    # x^2 + y^2 = 2 a x + 2 b y + c holds on the circle around (a, b).
    columns = torch.cat([2 * points, torch.ones(len(points), 1)], dim=1)
    square = points.square().sum(dim=1, keepdim=True)
    fitted = torch.linalg.lstsq(columns, square).solution
    a, b, c = fitted[:, 0].tolist()
    radius = math.sqrt(max(c + a * a + b * b, 0))
    circle = float((columns @ fitted - square).norm()) < 1e-3
    side, height = points[:, 0] - cx, (points[:, 1] - cy) * (1 - 2 * label)
    wrong, counts = int((height < -1e-5).sum()), [int(_on(x, k).sum()) for k in (0, 1)]
    own, other = _on(x, label), _on(x, 1 - label)
    known = {
        "labels-swapped": bool((other == mine).all()) and bool((own == ~mine).all()),
        "shuffled-apart": bool((own | other).all()) and min(counts) >= len(x) // 2,
        "noise-fixed": ignored and not circle,
        "wrong-radius": circle and abs(radius - 1) > 1e-3,
        "wrong-centre": circle and math.hypot(a - cx, b - cy) > 1e-3,
        "wrong-half": circle and wrong == len(points),
        "sine-and-cosine-swapped": circle and bool((side > -1e-5).all() or (side < 1e-5).all()),
        "full-circle": circle and wrong > 0,
    }
    middle = ", ".join(rounded(v, beside=1.0, digits=3) for v in (a, b))
    seen = f"around ({middle}) with radius {radius:.4g}" if circle else "on no circle"
    text = (
        f"The {name} moon is the {name} half of a circle around ({cx:g}, {cy:g}) with radius 1. "
        f"Without noise the points with label {label} lie {seen}, and {wrong} of {len(points)} are "
        f"{('below', 'above')[label]} the centre's height."
    )
    mistake = next((mistake for mistake, made in known.items() if made), None)
    require(bool(own[mine].all()), text, mistake=mistake)


def _on(points: Tensor, moon: int) -> Tensor:
    """Which points lie on a moon."""
    out = points - CENTRES[moon]
    return ((out.norm(dim=1) - 1).abs() < 1e-5) & (out[:, 1] * (1 - 2 * moon) > -1e-5)


def _out(x: Tensor, y: Tensor) -> Tensor:
    """The points, each seen from the centre of its moon."""
    return x.double() - CENTRES[y[:, 0].long().clamp(0, 1)]


def _noise_mistake(added: Tensor, before: Tensor, y: Tensor, noise: float) -> str | None:
    """What is wrong with the noise that was added, if it has nothing to do with the places."""
    size, columns, out = float(added.std()), added.std(dim=0), _out(before, y)
    if abs(float(((before - before.mean(dim=0)) * added).mean())) > 0.05 * size:
        return None
    none = 1e-4 * size
    moons = torch.stack([added[y[:, 0] == moon].std() for moon in (0, 1)])
    even = float(columns.max() / columns.min().clamp_min(none)) < 1.1
    known = {
        "noise-forgotten": size < 1e-6,
        "noise-on-the-angle": ((out + added).norm(dim=1) - 1).abs().max() < none
        or (added[:, 0] * out[:, 1] - added[:, 1] * out[:, 0]).abs().max() < none,
        "noise-shared": columns.max() < none or (added[:, 0] - added[:, 1]).abs().max() < none,
        "noise-in-places": min(columns.min(), moons.min()) < none,
        "noise-multiplied": (added.abs() <= 8 * noise * before.abs() + none).all(),
        "noise-off-centre": added.mean(dim=0).abs().max() > 0.1 * size,
        "noise-fixed": even and abs(size - 1) < 0.05,
        "noise-as-variance": even and min(abs(size / noise**k - 1) for k in (0.5, 2)) < 0.05,
        "uniform-noise": even and added.abs().max() < 2 * size,
        "other-size": even and abs(size / noise - 1) > 0.05 and added.abs().max() > 3 * size,
    }
    return next((mistake for mistake, made in known.items() if bool(made)), None)
