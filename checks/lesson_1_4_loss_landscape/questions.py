"""What the questions of lesson 1.4 let happen."""

from dojo.judge.outcome import Outcome

CURVATURES = (8.0, 0.5)


def around_the_limit(_code: object) -> Outcome:
    """Distances along both axes after 100 steps, below and above the limit."""
    ends = {}
    for lr in (0.24, 0.26):
        ends[lr] = [abs(1 - lr * c) ** 100 for c in CURVATURES]
    told = "; ".join(
        f"with lr {lr} it is {steep:.2g} on the steep axis and {gentle:.2g} on the gentle one"
        for lr, (steep, gentle) in ends.items()
    )
    words = f"From a distance of 1 on both axes, after 100 steps: {told}."
    rests = max(ends[0.24]) < 0.1 and max(ends[0.26]) > 10
    return Outcome(2 / max(CURVATURES) if rests else 0.0, words)
