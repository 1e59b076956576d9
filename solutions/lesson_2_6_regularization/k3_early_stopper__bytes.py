import io

import torch
from torch import nn


class EarlyStopper:
    def __init__(self, patience: int, min_delta: float) -> None:
        self.left = self.patience = patience
        self.bar = float("inf")
        self.min_delta = min_delta
        self.saved = b""

    def update(self, val_loss: float, model: nn.Module) -> bool:
        if val_loss < self.bar:
            self.bar = val_loss - self.min_delta
            self.left = self.patience
            file = io.BytesIO()
            torch.save(model.state_dict(), file)
            self.saved = file.getvalue()
        else:
            self.left -= 1
        return self.left <= 0

    def restore(self, model: nn.Module) -> None:
        if self.saved:
            model.load_state_dict(torch.load(io.BytesIO(self.saved)))
