# first: nothing-returned
# says: is None
"""One task was forgotten: its answer is None."""

from dataclasses import dataclass
from typing import Literal


Task = Literal["price", "wind", "spam", "digit", "tags", "species"]


@dataclass(frozen=True)
class Head:
    out_features: int
    loss: str
    needs_activation_at_predict: bool


def head_for(task: Task) -> Head:
    match task:
        case "price":
            return Head(1, "MSELoss", False)
        case "wind":
            return Head(2, "MSELoss", False)
        case "spam":
            return Head(1, "BCEWithLogitsLoss", True)
        case "digit":
            return Head(10, "CrossEntropyLoss", True)
        case "tags":
            return Head(5, "BCEWithLogitsLoss", True)
