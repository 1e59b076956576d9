"""2.5.5: codes, rows and back, for labels with gaps, in no order, negative ones among them."""

import torch
from torch import Tensor

from dojo.suite.vocabulary import Gen, Learner, close, same, shapes, untouched, values

CLASSES = ([3, 7, 9], [1, 2], [-4, 0, 5, 11], [6])


def _labels(gen: Gen, classes: list[int], n: int) -> Tensor:
    """Labels of which each class is one, the smallest behind the largest."""
    rest = gen.randint(0, len(classes), n - len(classes)).long().tolist()
    places = [*range(1, len(classes)), 0, *rest]
    return torch.tensor([classes[place] for place in places])


@shapes
def test_sizes(learner: Learner, gen: Gen) -> None:
    """a code for each label, a row for each code"""
    codes, _ = learner.encode(_labels(gen, [3, 7, 9], 8))
    same([*codes.shape], [8], "the shape of the codes")
    for n, k in ((7, 3), (1, 4), (80, 5)):
        codes = gen.randint(0, k, n).long()
        same([*learner.to_one_hot(codes, k).shape], [n, k], "the shape of the rows")
        same([*learner.from_one_hot(gen.rand(n, k)).shape], [n], "the shape of the codes again")


@values
def test_codes(learner: Learner, gen: Gen) -> None:
    """codes are places among the sorted labels"""
    for classes in CLASSES:
        labels = _labels(gen, classes, 9)
        codes, listed = learner.encode(labels)
        untouched(learner)
        same(listed, classes, "the list of labels")
        same(codes, torch.tensor([classes.index(v) for v in labels.tolist()]), "the codes")
        again = learner.encode(labels.int())
        same(again[0], codes, "the codes of int32 labels")


@values
def test_one_hot(learner: Learner, gen: Gen) -> None:
    """a 1 at the place of the code, 0 elsewhere"""
    for n, k in ((7, 4), (1, 3), (70, 5), (3, 6)):
        codes = gen.randint(0, k - 1, n).long()  # the last class doesn't occur
        want = torch.zeros(n, k)
        want[torch.arange(n), codes] = 1.0
        got = learner.to_one_hot(codes, k)
        untouched(learner)
        close(got, want, "the rows")


@values
def test_back(learner: Learner, gen: Gen) -> None:
    """the place of the largest number of each row"""
    for n, k in ((7, 4), (1, 3), (70, 5)):
        codes = gen.randint(0, k, n).long()
        exact = torch.zeros(n, k)
        exact[torch.arange(n), codes] = 1.0
        same(learner.from_one_hot(exact), codes, "the codes of exact rows")
        unsure = (gen.rand(n, k) + 0.3 * exact).softmax(dim=1)
        same(learner.from_one_hot(unsure), unsure.argmax(dim=1), "the codes of probabilities")
        untouched(learner)
