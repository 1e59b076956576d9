"""1.3.4: against the mean over all examples at once, whose batches are cut here."""

from dojo.suite.vocabulary import Gen, Learner, close, shapes, untouched, values


@shapes
def test_a_number(learner: Learner, gen: Gen) -> None:
    """one plain number comes back"""
    learner.epoch_loss([1.5, gen.uniform(1, 2).item()], [32, 6])


@values
def test_worked_number(learner: Learner, gen: Gen) -> None:
    """the values 0 to 69 in batches of 32"""
    close(learner.epoch_loss([15.5, 47.5, 66.5], [32, 32, 6]), 34.5, "the loss of the epoch")


@values
def test_mean_over_all(learner: Learner, gen: Gen) -> None:
    """the mean over all examples at once"""
    for sizes in ([4, 4, 4, 3], [70, 1], [2, 9, 5], [1], [6], [3, 3]):
        # Of the first four, the best is not the first and the worst is not the last.
        lifts = (30, 90, 0, 50)[: len(sizes)]
        batches = [gen.randn(n).square() + up for n, up in zip(sizes, lifts, strict=True)]
        losses = [batch.mean().item() for batch in batches]
        everything = [value for batch in batches for value in batch.tolist()]
        got = learner.epoch_loss(losses, sizes)
        untouched(learner)
        close(got, sum(everything) / len(everything), "the loss of the epoch")
        close(learner.epoch_loss(tuple(losses), tuple(sizes)), got, "the loss, asked again")
