"""1.1.4: all 120 orders, each judged by playing three epochs; four of them are right.

Played here are not the rules of the solution, but the calls: each value remembers the epochs that
it comes from.
"""

from itertools import permutations

from dojo.judge.vocabulary import Learner, require, same, untouched, values

CALLS = ("zero", "forward", "loss", "backward", "step")


def _is_right(order: tuple[str, ...]) -> bool:
    predictions = loss = -1
    buffers: list[tuple[int, int]] = []
    for epoch in range(3):
        for call in order:
            if call == "zero":
                buffers = []
            elif call == "forward":
                predictions = epoch
            elif call == "loss":
                loss = predictions if predictions == epoch else -1
            elif call == "backward":
                buffers.append((loss, epoch))
            elif buffers != [(epoch, epoch)]:
                return False
    return True


ORDERS = list(permutations(CALLS))
RIGHT = [order for order in ORDERS if _is_right(order)]
ZERO_LATE = ("forward", "loss", "backward", "zero", "step")


def _judge(learner: Learner, orders: list[tuple[str, ...]]) -> None:
    """Ask for all answers before judging any: together they show the rule that was followed."""
    answers: list[bool] = []
    for order in orders:
        answers.append(learner.applies_own_gradient([*order]))
        untouched(learner)
    for order, answer in zip(orders, answers, strict=True):
        same(answer, order in RIGHT, f"the answer for {', '.join(order)}")


@values
def test_right(learner: Learner) -> None:
    """the right orders are found, all of them"""
    require(len(RIGHT) == 4, "The suite itself is wrong: four orders are right.")
    _judge(learner, RIGHT)


@values
def test_zero_late(learner: Learner) -> None:
    """zero between backward and step is wrong"""
    _judge(learner, [ZERO_LATE])


@values
def test_wrong(learner: Learner) -> None:
    """of the other 115 orders, none is taken for right"""
    _judge(learner, [order for order in ORDERS if order not in (*RIGHT, ZERO_LATE)])
