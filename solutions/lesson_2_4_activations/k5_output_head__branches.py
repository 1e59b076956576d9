"""One question after the other."""

from dataclasses import dataclass
from typing import Literal

Task = Literal["price", "wind", "spam", "digit", "tags", "species"]


@dataclass(frozen=True)
class Head:
    out_features: int
    loss: str
    needs_activation_at_predict: bool


def head_for(task: Task) -> Head:
    if task in ("price", "wind"):
        n = 2 if task == "wind" else 1
        return Head(out_features=n, loss="MSELoss", needs_activation_at_predict=False)
    if task == "spam" or task == "tags":
        n = 5 if task == "tags" else 1
        return Head(n, loss="BCEWithLogitsLoss", needs_activation_at_predict=True)
    classes, wants_probabilities = (10, True) if task == "digit" else (3, False)
    return Head(classes, "CrossEntropyLoss", wants_probabilities)
