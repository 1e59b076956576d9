"""What the questions of lesson 1.1 let happen."""

import itertools

import torch

from dojo.judge.outcome import Outcome


def zero_left_out(_code: object) -> Outcome:
    """The example of the text, 2 * w = 6, without zero."""
    w = torch.ones(1, requires_grad=True)
    pushed = torch.zeros(1)  # what .grad holds where nobody empties it
    path = []
    for _ in range(20):
        pushed = pushed + torch.autograd.grad((2 * w - 6).square().sum(), w)[0]
        with torch.no_grad():
            w -= 0.1 * pushed
        path.append(w.item())
    ahead = [value > 3 for value in path]
    turns = sum(a != b for a, b in itertools.pairwise(ahead))
    shown = ", ".join(f"{value:.2f}" for value in path[:8])
    furthest = max(abs(value - 3) for value in path)
    words = (
        f"w: 1.00, {shown}, ... In 20 epochs it crosses 3.00 on {turns} occasions, and the "
        f"furthest that it strays from there is {furthest:.2f}."
    )
    return Outcome(turns >= 4 and furthest < 3, words)
