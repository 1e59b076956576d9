"""Runs beside the answer: makes a LinearClassifier, gives it known numbers, takes gradients."""

from types import ModuleType
from typing import Any

import torch
from torch import Tensor


def inventory(subject: ModuleType, d_in: int) -> dict[str, Any]:
    """What a new classifier registers.

    Returns:
        ``total``: how many numbers its parameters hold; ``recording``: how many of them require
        grad; ``two_rows``: one of the parameters holds two numbers for each input; ``repeats``:
        calls with the same rows give the same.
    """
    net = subject.LinearClassifier(d_in)
    parameters = list(net.parameters())
    return {
        "total": sum(p.numel() for p in parameters),
        "recording": sum(p.numel() for p in parameters if p.requires_grad),
        "two_rows": any(sorted(p.shape) == sorted((2, d_in)) for p in parameters),
        "repeats": all(_repeats(net, name, d_in) for name in ("logits", "forward")),
    }


def _repeats(net: Any, method: str, d_in: int) -> bool:
    x = torch.linspace(-1, 2, 3 * d_in).reshape(3, d_in)
    try:
        first, second = (getattr(net, method)(x.clone()) for _ in range(2))
        return torch.allclose(first, second, equal_nan=True)
    except Exception:  # the suite's own calls will show it
        return True


def filled(subject: ModuleType, w: Tensor, b: Tensor) -> Any:
    """A classifier with these weights and this bias, whatever its parameters are called."""
    return _filled(subject, w, b)[0]


def gradients(
    subject: ModuleType, method: str, w: Tensor, b: Tensor, x: Tensor, g: Tensor
) -> list[Tensor | None]:
    """The gradients of sum(g * result) for the weights and the bias; None where there is none."""
    net, order = _filled(subject, w, b)
    result = getattr(net, method)(x)
    if not isinstance(result, Tensor) or not result.requires_grad:
        return [None, None]
    (result * g).sum().backward()
    grads = [p.grad.reshape(-1) for p in net.parameters() if p.grad is not None]
    if sum(f.numel() for f in grads) < len(order):
        return [None, None]
    flat = torch.cat(grads)
    found = torch.empty_like(flat)
    found[order] = flat
    return [found[:-1], found[-1:]]


def _filled(subject: ModuleType, w: Tensor, b: Tensor) -> tuple[Any, Tensor]:
    """A filled classifier, and where each of its numbers stands in (weights, bias)."""
    net = subject.LinearClassifier(len(w))
    total = sum(p.numel() for p in net.parameters())
    if total == len(w) + 1:
        try:
            order = _order(net, len(w))
        except Exception:  # the suite's own call of logits will show it
            order = torch.arange(total)
        _write(net, torch.cat([w, b])[order])
        return net, order
    _write(net, 0.1 + 0.2 * torch.arange(total))  # too few or too many: anything fixed
    return net, torch.arange(total)


def _order(net: Any, d: int) -> Tensor:
    """For each number in parameters(), which weight it is; d for the bias.

    A number that is switched from 0 to 1 alone shows it: the bias moves every logit, a weight
    that of its own unit row.
    """
    rows = torch.cat([torch.zeros(1, d), torch.eye(d)])
    _write(net, torch.zeros(d + 1))
    rest = net.logits(rows).reshape(-1)
    order: list[int] = []
    for k in range(d + 1):
        _write(net, torch.eye(d + 1)[k])
        moved = (net.logits(rows).reshape(-1) - rest).abs()
        order.append(d if moved[0] > 0 or not moved.any() else int(moved[1:].argmax()))
    return torch.tensor(order if len(set(order)) == d + 1 else list(range(d + 1)))


def _write(net: Any, numbers: Tensor) -> None:
    at = 0
    with torch.no_grad():
        for p in net.parameters():
            p.copy_(numbers[at : at + p.numel()].reshape(p.shape))
            at += p.numel()
