# first: input-returned
"""Hands the caller's own tensors back."""

from torch import Tensor


def updated(params: list[Tensor], grads: list[Tensor], lr: float) -> list[Tensor]:
    return [p for p, _ in zip(params, grads, strict=True)]
