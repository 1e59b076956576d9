"""2.1.1: labels, half circles, how the points spread, the noise's source and size.

Angles and order are the learner's choice, so properties are judged, not numbers; and because no
replay can tell mistakes apart then, the checks themselves do. That makes this suite a long one.

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

N = 20_000
CENTRES = torch.tensor([[0.0, 0.0], [1.0, 0.5]], dtype=torch.float64)
NAMES = ("upper", "lower")
NORMAL_SHARE = math.erf(1 / math.sqrt(2))


@shapes
def test_columns(learner: Learner, gen: Gen) -> None:
    """n points with two coordinates each, and a column of labels"""
    for n in (7, 2, 30):
        found = learner.probe.columns(n, 0.1, gen.generator())
        length(found, 2, "the result")
        (points, _), (labels, dtype) = found
        require(
            (points, labels) != ([n, 1], [n, 2]),
            "The labels came first, then the points.",
            mistake="results-swapped",
        )
        require(
            n == 2 or points != [2, n],
            f"x has the shape (2, {n}); {n} points are {(n, 2)}.",
            mistake="points-as-columns",
        )
        for rows, mistake in ((2 * (n // 2), "odd-row-lost"), (2 * n, "n-on-each-moon")):
            require(
                rows == n or points != [rows, 2],
                f"For n = {n} there are {rows} points.",
                mistake=mistake,
            )
        require(
            labels != [n],
            f"The labels have the shape ({n},); a column is {(n, 1)}.",
            mistake="flat-labels",
        )
        require(
            not dtype or "float" in dtype,
            f"The labels are of the type {dtype}.",
            mistake="whole-number-labels",
        )
        learner.moons(n, 0.1, gen.generator())


@values
def test_labels(learner: Learner, gen: Gen) -> None:
    """labels are 0 and 1, half of each"""
    for n in (7, 2, 30, 3, 101, 5001):
        _, y = learner.moons(n, 0.1, gen.generator())
        odd = y[(y != 0) & (y != 1)]
        require(
            odd.numel() == 0,
            f"There is a label {odd[0].item() if odd.numel() else 0:.4g}.",
            mistake="other-labels",
        )
        ones = int(y.sum())
        require(
            0 < ones < n,
            f"All {n} points have the label {0 if ones == 0 else 1}.",
            mistake="one-label-only",
        )
        require(
            abs(n - 2 * ones) <= 1,
            f"Of {n} points, {ones} have the label 1 and {n - ones} the label 0.",
            mistake="uneven-classes",
        )


@values
def test_half_circles(learner: Learner, gen: Gen) -> None:
    """without noise every point lies on its half circle"""
    for n in (40, 61, 2):
        x, y = _data(learner, gen, n, 0.0)
        own = [x[y[:, 0] == label] for label in (0, 1)]
        if n > 2:
            _judge_places(x, own)
        for label, points in enumerate(own):
            away = (points - CENTRES[label]).norm(dim=1)
            close(away, torch.ones(len(points)), f"the distance of class {label} from its centre")


@values
def test_spread(learner: Learner, gen: Gen) -> None:
    """the points spread evenly over the whole half circle"""
    x, y = _data(learner, gen, N, 0.0)
    _in_place(x, y)
    for label, name in enumerate(NAMES):
        out = _out(x, y)[y[:, 0] == label]
        angle = torch.atan2(out[:, 1].abs(), out[:, 0]).clamp(0, math.pi - 1e-9)
        shares = torch.histc(angle, 8, 0, math.pi) / len(angle)
        require(
            shares.max() < 0.2 or shares.min() > 0.002,
            f"A part of the {name} moon holds no points.",
            mistake="part-of-the-arc",
        )
        middle = float(shares[2:6].sum())
        require(
            ((shares - 1 / 8).abs() < 0.02).all(),
            f"The middle half of the {name} moon's angles holds {middle:.1%} of its points, and "
            f"its ends hold {shares[0]:.1%} and {shares[-1]:.1%} instead of 12.5 % each.",
            mistake="even-in-x" if abs(middle - math.sqrt(0.5)) < 0.02 else None,
        )


@values
def test_source(learner: Learner, gen: Gen) -> None:
    """all randomness comes from gen"""

    def call(source: torch.Generator, noise: float = 0.3) -> list[Tensor]:
        x, y = learner.moons(9, noise, source)
        finite(x, "x")
        return [x, y]

    known = {"elsewhere": "global-random", "another": "other-source", "fixed": "own-seed"}
    calm = call(gen.generator(), 0.0)  # no randomness at all: test_noise says so
    draws_from(learner, gen, call, "data", calm=calm, restarts="starts-over", **known)


@values
def test_noise(learner: Learner, gen: Gen) -> None:
    """the noise is normal, in both coordinates, and its standard deviation is noise"""
    # Small, so that the distance from the circle shows the noise across it; and such that the
    # known wrong sizes can't be mistaken for one another.
    noise = gen.uniform(0.012, 0.018).item()
    _in_place(*_data(learner, gen, 40, 0.0))
    x, y = _data(learner, gen, N, noise)
    out = _out(x, y)
    away = out.norm(dim=1, keepdim=True)
    eps, across = (away[:, 0] - 1) / noise, out / away
    size = float(eps.square().mean().sqrt())
    if size < 1e-4:
        beyond = int((out[:, 1] * (1 - 2 * y[:, 0]) < -1e-5).sum())
        text = (
            f"All points lie exactly on the circles, {beyond} of {N} beyond the end of their half."
        )
        require(beyond == 0, text, mistake="noise-on-the-angle")
    require(size > 1e-4, "All points lie exactly on the circles.", mistake="noise-forgotten")

    mean = torch.linalg.lstsq(across, eps.unsqueeze(1)).solution
    rest = eps - (across @ mean)[:, 0]
    require(
        float(rest.std()) > 0.02 * size,
        "All points are shifted together.",
        mistake="one-noise-for-all",
    )
    # The noise across the circle points along the x axis in places, along y in others, and so on.
    direction = (torch.atan2(across[:, 1], across[:, 0]) + math.pi / 8).remainder(math.pi)
    quarter = (direction / (math.pi / 4)).long().clamp(0, 3)
    spread = [float(rest[quarter == k].std()) for k in range(4)]
    require(
        all(abs(s - 1) < 0.06 for s in spread),
        f"noise is {noise:.4f}. Along the x axis the points stray by {spread[0] * noise:.4f}, "
        f"along y by {spread[2] * noise:.4f}, along the diagonals by {spread[1] * noise:.4f} and "
        f"{spread[3] * noise:.4f} (standard deviations).",
        mistake=_size_mistake(spread, noise, float(mean.abs().max()), rest, quarter, out, y[:, 0]),
    )
    require(
        float(mean.abs().max()) < 0.07,
        f"The noise has mean {float(mean[0]) * noise:.4f} along x and "
        f"{float(mean[1]) * noise:.4f} along y; it should be 0 up to chance.",
        mistake="noise-off-centre",
    )
    for gap in (1, N // 2):  # neighbours, and points in the same place of the two halves
        pairs = rest[gap:] * rest[:-gap] * (across[gap:] * across[:-gap]).sum(dim=1)
        require(
            abs(float(pairs.mean())) < 0.07,
            "The noise of a point goes with the noise of another one.",
            mistake="noise-shared",
        )
    for moon, name in enumerate(NAMES):  # along the circle nothing shows, except at its ends
        beyond = int((out[y[:, 0] == moon, 1] * (1 - 2 * moon) < -1e-5).sum())
        require(
            beyond > 0,
            f"No point of the {name} moon strays beyond an end of its half circle.",
            mistake="noise-on-the-radius",
        )
    share = float((rest.abs() < 1).double().mean())
    require(
        abs(share - NORMAL_SHARE) < 0.02,
        f"{share:.1%} of the noise lies within one standard deviation; of normal noise it is "
        f"{NORMAL_SHARE:.1%}.",
        mistake="uniform-noise" if share < NORMAL_SHARE - 0.05 else None,
    )


def _data(learner: Learner, gen: Gen, n: int, noise: float) -> tuple[Tensor, Tensor]:
    """One call's data, if both classes are there."""
    x, y = learner.moons(n, noise, gen.generator())
    finite(x, "x")
    for label in (0, 1):
        count = int((y == label).sum())
        few = max(1, n // 2 - 3)
        require(count >= few, f"Of {n} points, {count} have the label {label}.")
    return x, y


def _judge_places(x: Tensor, own: list[Tensor]) -> None:
    """Tell how points that are not where they belong were misplaced."""
    right = [[_on(points, moon) for moon in (0, 1)] for points in own]
    if all(bool(right[k][k].all()) for k in (0, 1)):
        return
    crossed = all(bool(right[k][1 - k].all()) for k in (0, 1))
    require(
        not crossed,
        "The points with label 0 lie on the lower moon, those with label 1 on the upper one.",
        mistake="labels-swapped",
    )
    lost = sum(int((~right[k][k]).sum()) for k in (0, 1))
    everywhere = bool((_on(x, 0) | _on(x, 1)).all())
    require(
        not everywhere or min(int(_on(x, k).sum()) for k in (0, 1)) < len(x) // 2,
        f"{lost} of {len(x)} points lie on the moon that their label doesn't name.",
        mistake="shuffled-apart",
    )
    for label, points in enumerate(own):
        _judge_circle(points, label)


def _judge_circle(points: Tensor, label: int) -> None:
    name, (cx, cy) = NAMES[label], CENTRES[label].tolist()
    # x^2 + y^2 = 2 a x + 2 b y + c holds on the circle around (a, b).
    columns = torch.cat([2 * points, torch.ones(len(points), 1)], dim=1)
    square = points.square().sum(dim=1, keepdim=True)
    (a, b, c), left = torch.linalg.lstsq(columns, square).solution[:, 0].tolist(), 0.0
    left = float((columns @ torch.tensor([[a], [b], [c]], dtype=torch.float64) - square).norm())
    off = float(((points - CENTRES[label]).norm(dim=1) - 1).abs().mean())
    require(
        left < 1e-3,
        f"noise is 0, but the points of the {name} moon (label {label}) lie on no circle: they "
        f"stray by {off:.2g} on average.",
        mistake="noise-fixed" if off < 0.3 and math.hypot(a - cx, b - cy) < 0.4 else None,
    )
    radius = math.sqrt(max(c + a * a + b * b, 0))
    require(
        abs(radius - 1) < 1e-3,
        f"The {name} moon (label {label}) has the radius {radius:.4g} instead of 1.",
        mistake="wrong-radius",
    )
    require(
        math.hypot(a - cx, b - cy) < 1e-3,
        f"The {name} moon (label {label}) lies on a circle around ({a:.3g}, {b:.3g}); its centre "
        f"is ({cx:g}, {cy:g}).",
        mistake="wrong-centre",
    )
    height = (points[:, 1] - cy) * (1 - 2 * label)
    count = int((height < -1e-5).sum())
    side = "below" if label == 0 else "above"
    require(
        count == 0,
        f"{count} of {len(points)} points with label {label} lie {side} the centre's height; the "
        f"{name} moon is the {name} half of its circle.",
        mistake=_half_mistake(points[:, 0] - cx, height),
    )


def _half_mistake(right: Tensor, height: Tensor) -> str:
    if not bool((height > 1e-5).any()):
        return "wrong-half"
    one_side = bool((right > -1e-5).all() or (right < 1e-5).all())
    return "sine-and-cosine-swapped" if one_side else "full-circle"


def _on(points: Tensor, moon: int) -> Tensor:
    """Which points lie on a moon."""
    out = points - CENTRES[moon]
    return ((out.norm(dim=1) - 1).abs() < 1e-5) & (out[:, 1] * (1 - 2 * moon) > -1e-5)


def _out(x: Tensor, y: Tensor) -> Tensor:
    """The points, each seen from the centre of its moon."""
    return x.double() - CENTRES[y[:, 0].long().clamp(0, 1)]


def _in_place(x: Tensor, y: Tensor) -> None:
    lost = [int((~_on(x[y[:, 0] == moon], moon)).sum()) for moon in (0, 1)]
    require(lost == [0, 0], f"Without noise, {sum(lost)} of {len(x)} points are off their moon.")


def _size_mistake(
    spread: list[float],
    noise: float,
    mean: float,
    rest: Tensor,
    quarter: Tensor,
    out: Tensor,
    label: Tensor,
) -> str | None:
    """Which known mistake makes noise stray like that."""
    x, rising, y, falling = spread
    # The lower moon's left end lies near x = 0, its right end near x = 2.
    ends = [(quarter == 0) & (label == 1) & (side * out[:, 0] > 0) for side in (-1, 1)]
    near, far = (float(rest[end].std()) for end in ends)
    grows = near < 0.5 and far > 1.5
    if grows or (max(rising, falling) < 0.83 and 0.9 < min(x, y) < max(x, y) < 1.06):
        return "noise-multiplied"
    moons = [float(rest[label == moon].std()) for moon in (0, 1)]
    if min(moons) < 0.1 and max(moons) > 0.5:
        return "noise-on-one-moon"
    if min(x, y) < 0.4 < max(x, y):
        return "noise-on-one-axis"
    if min(rising, falling) < 0.5 and max(rising, falling) > 1.2:
        return "one-draw-for-both"
    if min(x, y) * noise > 0.3:
        return "noise-not-scaled"
    sizes = {"noise-as-variance": noise**0.5, "noise-squared": noise**2}
    for mistake, size in sizes.items():
        if all(abs(s * noise / size - 1) < 0.07 for s in spread):
            return mistake
    level = rest[quarter == 0]
    kurtosis = float((level - level.mean()).pow(4).mean() / level.var().square())
    if kurtosis < 2.4 and max(spread) < 1.2:
        return "uniform-noise"
    even = max(spread) < 1.12 * min(spread)
    return "other-size" if even and mean < 0.07 * max(spread) and abs(kurtosis - 3) < 0.5 else None
