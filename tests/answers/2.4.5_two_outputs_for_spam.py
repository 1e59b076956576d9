# first: yes-or-no-twice
"""Two outputs for one yes or no."""

from dataclasses import dataclass
from typing import Literal


Task = Literal["price", "wind", "spam", "digit", "tags", "species"]


@dataclass(frozen=True)
class Head:
    out_features: int
    loss: str
    needs_activation_at_predict: bool


def head_for(task: Task) -> Head:
    heads = dict(
        price=(1, "MSELoss", False),
        wind=(2, "MSELoss", False),
        spam=(2, "CrossEntropyLoss", True),
        digit=(10, "CrossEntropyLoss", True),
        tags=(5, "BCEWithLogitsLoss", True),
        species=(3, "CrossEntropyLoss", False),
    )
    return Head(*heads[task])
