"""What the questions of lesson 2.3 let happen."""

import math

import torch

from dojo.judge.outcome import Outcome


def ten_or_fifty(_code: object) -> Outcome:
    """One-hidden-layer ReLU networks on the sine, weights standard normal, lr 0.01."""
    ends = {hidden: _last_loss(hidden) for hidden in (10, 50)}
    fifty = "infinite, or no number at all" if not math.isfinite(ends[50]) else f"{ends[50]:.3g}"
    words = (
        f"After 1,000 epochs with 10 units the loss is {ends[10]:.3f} (always answering 0 has "
        f"0.50); with 50 units it is {fifty}."
    )
    return Outcome(ends[10] < 0.45 and not ends[50] < 1, words)


def _last_loss(hidden: int) -> float:
    gen = torch.Generator().manual_seed(0)
    x = torch.linspace(-2 * math.pi, 2 * math.pi, 200).unsqueeze(1)
    y = torch.sin(x)
    shapes = ((1, hidden), (hidden,), (hidden, 1), (1,))
    params = [torch.randn(*shape, generator=gen).requires_grad_() for shape in shapes]
    loss = torch.zeros(())
    for _ in range(1000):
        w1, b1, w2, b2 = params
        loss = (torch.relu(x @ w1 + b1) @ w2 + b2 - y).square().mean()
        if not loss.isfinite():
            break
        grads = torch.autograd.grad(loss, params)
        with torch.no_grad():
            for p, g in zip(params, grads, strict=True):
                p -= 0.01 * g
    return loss.item()
