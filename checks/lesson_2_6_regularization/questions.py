"""What the questions of lesson 2.6 let happen."""

import torch

from dojo.judge.outcome import Outcome


def kept_by_reference(_code: object) -> Outcome:
    """A layer trained on after its state_dict was kept."""
    model = torch.nn.Linear(1, 1)
    best = model.state_dict()
    copied = {name: value.clone() for name, value in best.items()}
    opt = torch.optim.SGD(model.parameters(), lr=0.1)
    for _ in range(10):
        opt.zero_grad()
        (model(torch.ones(1, 1)) - 5).square().sum().backward()
        opt.step()
    last = model.weight.item()
    model.load_state_dict(best)
    now = model.weight.item()
    words = (
        f"The weight was {copied['weight'].item():.3f} when the dict was kept, {last:.3f} after "
        f"ten more epochs, and is {now:.3f} after load_state_dict(best)."
    )
    return Outcome(now == last and last != copied["weight"].item(), words)
