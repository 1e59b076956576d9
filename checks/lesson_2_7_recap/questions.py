"""What the questions of lesson 2.7 let happen."""

from types import ModuleType

import torch

from dojo.judge.outcome import Outcome


def line_on_xor(code: ModuleType) -> Outcome:
    """The loss of lines on XOR, from two starts."""
    losses: list[float] = []
    for w in (1.0, -2.0):
        line = torch.nn.Linear(2, 1)
        with torch.no_grad():
            line.weight.copy_(torch.tensor([[w, 1.0 - w]]))
            line.bias.fill_(0.5)
        losses.append(code.train_xor(line, 4.0, 60))
    words = "From two starts, after 60 epochs with lr 4: {:.4f} and {:.4f}."
    return Outcome(losses[-1], words.format(*losses))
