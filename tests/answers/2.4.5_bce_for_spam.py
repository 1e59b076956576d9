# first: bce-wants-probabilities
"""BCELoss wants probabilities."""

from dataclasses import dataclass
from typing import Literal


Task = Literal["price", "wind", "spam", "digit", "tags", "species"]


@dataclass(frozen=True)
class Head:
    out_features: int
    loss: str
    needs_activation_at_predict: bool


def head_for(task: Task) -> Head:
    table = {
        "price": Head(1, "MSELoss", False),
        "wind": Head(2, "MSELoss", False),
        "spam": Head(1, "BCELoss", True),
        "digit": Head(10, "CrossEntropyLoss", True),
        "tags": Head(5, "BCEWithLogitsLoss", True),
        "species": Head(3, "CrossEntropyLoss", False),
    }
    return table[task]
