"""2.6.4: the formulas, and what lines fitted to noisy points really cost (by simulation here)."""

import torch

from dojo.suite.vocabulary import Gen, Learner, close, rejects, require, values


@values
def test_irreducible(learner: Learner, gen: Gen) -> None:
    """the mean of the squared noise"""
    for std in (0.1, 0.3, 2.0, 0.0, 1.0):
        close(learner.irreducible_mse(std), std * std, f"the error with noise {std}")


@values
def test_threshold(learner: Learner, gen: Gen) -> None:
    """what is left on the training points"""
    for noise, n, k in ((0.1, 100, 12), (0.3, 8, 3), (2.0, 50, 0), (0.5, 7, 6), (0.0, 9, 2)):
        got = learner.honest_threshold(noise, n, k)
        close(got, noise**2 * (n - k) / n, f"with noise {noise}, {n} points and {k} parameters")


@values
def test_no_room(learner: Learner, gen: Gen) -> None:
    """0 where the parameters are as many as the points, or more"""
    for n, k in ((5, 5), (5, 8), (1, 1), (3, 100)):
        got = learner.honest_threshold(0.4, n, k)
        close(got, 0.0, f"with {n} points and {k} parameters")


@values
def test_real_fits(learner: Learner, gen: Gen) -> None:
    """lines fitted to noisy points cost as much, on average"""
    n, noise = 6, 0.5
    x = torch.stack([torch.ones(n), torch.linspace(-1, 1, n).double()], dim=1).double()
    y = noise * gen.randn(n, 4000)
    left = y - x @ torch.linalg.lstsq(x, y).solution
    cost, told = left.square().mean().item(), learner.honest_threshold(noise, n, 2)
    message = (
        f"4,000 lines fitted to {n} points cost {cost:.4f} on average, but {told:.4f} is told."
    )
    require(abs(told - cost) < 0.012, message)


@values
def test_points_needed(learner: Learner, gen: Gen) -> None:
    """no points at all are refused"""
    for n in (0, -3):
        rejects(lambda n=n: learner.honest_threshold(0.1, n, 2), ValueError, f"n = {n}")
