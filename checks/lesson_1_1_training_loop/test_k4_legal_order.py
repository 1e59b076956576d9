"""1.1.4: all 120 orders, each judged by playing three epochs; four of them are right.

Played here are not the rules of the solution, but the calls: each value remembers the epochs that
it comes from. Each check asks for all 120 answers before it judges any: which places of zero and
which orders of the other four are accepted shows the rule that was followed.
"""

from itertools import permutations

from dojo.failure import Failed
from dojo.suite.vocabulary import Learner, require, untouched, values

Order = tuple[str, ...]
CALLS = ("zero", "forward", "loss", "backward", "step")


def _is_right(order: Order) -> bool:
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
# Where zero is accepted, while the other four are in order.
PLACES: dict[tuple[int, ...], str] = {
    **dict.fromkeys(((0,), (4,), (2,)), "one-place-for-zero"),
    **dict.fromkeys(((0, 4), (0, 1, 4), (0, 2, 4)), "zero-in-between-refused"),
    (0, 1, 2): "zero-before-backward-only",
    (3,): "zero-right-before-step",
    (): "none-right",
}
# Which orders of the other four are accepted, by their first letters.
RESTS = {
    "forward-ignored": ({"flbs", "lfbs"}, {"flbs", "lfbs", "lbfs", "lbsf"}),
    "loss-ignored": ({"flbs", "fbls"}, {"flbs", "fbls", "lfbs", "fbsl"}),
    "step-ignored": ({"flbs", "flsb", "fslb", "sflb"},),
}
GRADIENT = {"".join(s) for s in permutations("flbs") if s.index("b") < s.index("s")}


def _ask(learner: Learner) -> dict[Order, bool]:
    answers: dict[Order, bool] = {}
    for order in ORDERS:
        try:
            answers[order] = learner.applies_own_gradient([*order])
        except Failed as failed:
            raised = failed.raised
            if raised is not None and answers and " not in " not in raised.message:
                text = f"For {', '.join(order)} a {raised.type} was raised."
                require("ValueError" not in raised.bases, text, mistake="refused-with-an-error")
            raise
        untouched(learner, mistake="order-changed")
    accepted = {order for order, answer in answers.items() if answer}
    text = "The answer is True for every wrong order, and False for every right one."
    require(accepted != set(ORDERS) - set(RIGHT), text, mistake="turned-round")
    require(len(accepted) < 120, "The answer is True for every order.", mistake="always-true")
    require(accepted, "The answer is False for every order.", mistake="none-right")
    return answers


@values
def test_right(learner: Learner) -> None:
    """the right orders are found, all of them"""
    answers = _ask(learner)
    places = sorted(order.index("zero") for order in (*RIGHT, ZERO_LATE) if answers[order])
    mistake = PLACES.get(tuple(places), "places-missed")
    for order in RIGHT:
        text = f"The answer for {', '.join(order)} is False, but this order is right."
        require(answers[order], text, mistake=mistake)


@values
def test_wrong(learner: Learner) -> None:
    """of the wrong orders, none is taken for right"""
    answers = _ask(learner)
    rests = {"".join(c[0] for c in o if c != "zero") for o, answer in answers.items() if answer}
    mistake = next((m for m, accepted in RESTS.items() if rests in accepted), None)
    if {"lfbs", "bsfl"} <= rests <= GRADIENT:
        mistake = "only-the-gradient"
    if answers[ZERO_LATE]:
        found = any(answers[order] for order in RIGHT)
        mistake = "zero-anywhere" if found else "zero-right-before-step"
    for order in (ZERO_LATE, *ORDERS):
        text = f"The answer for {', '.join(order)} is True, but this order is wrong."
        require(not answers[order] or order in RIGHT, text, mistake=mistake)


@values
def test_asked_again(learner: Learner) -> None:
    """the same list with other words in it has another answer"""
    order = [*RIGHT[0]]
    for words in (RIGHT[0], ZERO_LATE, RIGHT[1]):
        order[:] = words
        want, got = (learner.applies_own_gradient(o) for o in ([*words], order))
        said = f"For {', '.join(words)} the answer is {want}, but {got}"
        require(got is want, f"{said} in a list that held another before.", "kept-from-before")
