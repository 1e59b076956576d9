import copy
from typing import Any

from torch import nn


class EarlyStopper:
    def __init__(self, patience: int, min_delta: float) -> None:
        self.patience, self.min_delta = patience, min_delta
        self.best: float | None = None
        self.kept: dict[str, Any] | None = None
        self.bad = 0

    def update(self, val_loss: float, model: nn.Module) -> bool:
        finite = val_loss == val_loss and val_loss != float("inf")
        if finite and (self.best is None or self.best - val_loss > self.min_delta):
            self.best = val_loss
            self.kept = copy.deepcopy(model.state_dict())
            self.bad = 0
            return False
        self.bad += 1
        return self.bad >= self.patience

    def restore(self, model: nn.Module) -> None:
        if self.kept is not None:
            model.load_state_dict(copy.deepcopy(self.kept))
