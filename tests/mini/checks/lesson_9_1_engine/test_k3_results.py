"""9.1.3: every kind of result, asked as Python asks it."""

import torch
from dojo.suite.vocabulary import Gen, Learner, agree, close, require, same, shapes, values


@shapes
def test_sizes(learner: Learner, gen: Gen) -> None:
    """all batches are full but the last"""
    for n, size in ((7, 3), (6, 3), (2, 5), (1, 1)):
        sizes = [len(b) for b in learner.batches(n, size, gen.generator())]
        same(sizes, [size] * (n // size) + [n % size] * (n % size > 0), "the sizes")


@values
def test_permutation(learner: Learner, gen: Gen, reference) -> None:
    """every number comes once, in an order from gen"""
    got = torch.cat(list(learner.batches(50, 8, gen.generator())))
    same(sorted(got.tolist()), list(range(50)), "the numbers")
    require(got.tolist() != list(range(50)), "The numbers come in order.")


@values
def test_lazy(learner: Learner, gen: Gen) -> None:
    """numbers are drawn when they are asked for"""
    source, twin = gen.generator(), torch.Generator()
    twin.set_state(source.get_state())
    for number in learner.noise(3, source):
        want = float(torch.rand(1, generator=twin)) if learner.dtype == "float64" else number
        close(number, want, "a number")
        require(
            learner.dtype != "float64" or bool((source.get_state() == twin.get_state()).all()),
            "gen is not where it should be.",
        )


@values
def test_plain(learner: Learner, gen: Gen, reference) -> None:
    """dicts, sets and what may be missing"""
    x = gen.randn(4, 3)
    columns = learner.columns(x)
    same(sorted(columns), ["x0", "x1", "x2"], "the names")
    for i in range(3):
        close(columns[f"x{i}"], x[:, i], f"x{i}")
    same(learner.labels(torch.tensor([3, 1, 3])), {1, 3}, "the labels")
    agree(learner, reference, "first_above", [0.1, 0.5, 0.7], 0.4)
    agree(learner, reference, "first_above", [0.1, 0.5, 0.7], 0.9)


@values
def test_block(learner: Learner, gen: Gen) -> None:
    """a context manager"""
    with learner.default_dtype(torch.float64) as before:
        require(before in (torch.float64, torch.float32), "Another dtype came.")


@values
def test_history(learner: Learner, gen: Gen) -> None:
    """len, [] and in"""
    history = learner.History([0.5, 0.25])
    same(len(history), 2, "the length")
    close(history[1], 0.25, "epoch 1")
    require(0.5 in history and 0.75 not in history, "`in` finds something else.")
    same([float(x) for x in history], [0.5, 0.25], "the losses")
