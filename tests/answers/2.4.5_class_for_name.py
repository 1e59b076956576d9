# first: wrong-kind
# says: should be a str
"""The loss itself comes back, not its name."""

from dataclasses import dataclass
from typing import Literal
from torch import nn


Task = Literal["price", "wind", "spam", "digit", "tags", "species"]


@dataclass(frozen=True)
class Head:
    out_features: int
    loss: str
    needs_activation_at_predict: bool


def head_for(task: Task) -> Head:
    return {
        "price": Head(1, nn.MSELoss(), False),
        "wind": Head(2, nn.MSELoss(), False),
        "spam": Head(1, nn.BCEWithLogitsLoss(), True),
        "digit": Head(10, nn.CrossEntropyLoss(), True),
        "tags": Head(5, nn.BCEWithLogitsLoss(), True),
        "species": Head(3, nn.CrossEntropyLoss(), False),
    }[task]
