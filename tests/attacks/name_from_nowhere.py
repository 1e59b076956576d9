# expect: doesn't define
"""Lets the module answer for names that it doesn't hold."""

import torch


def __getattr__(name: str) -> object:
    return lambda *args: (torch.zeros(1), torch.zeros(1))
