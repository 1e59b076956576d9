import torch
from torch import Tensor, nn


class EarlyStopper:
    def __init__(self, patience: int, min_delta: float) -> None:
        self.patience = patience
        self.min_delta = min_delta
        self.losses: list[float] = []
        self.good: list[int] = []
        self.values: list[Tensor] = []

    def update(self, val_loss: float, model: nn.Module) -> bool:
        best = self.losses[self.good[-1]] if self.good else float("inf")
        self.losses.append(val_loss)
        if val_loss + self.min_delta < best:
            self.good.append(len(self.losses) - 1)
            with torch.no_grad():
                self.values = [t.detach().clone() for t in (*model.parameters(), *model.buffers())]
        last = self.good[-1] if self.good else -1
        return len(self.losses) - 1 - last >= self.patience

    def restore(self, model: nn.Module) -> None:
        if not self.values:
            return
        with torch.no_grad():
            targets = (*model.parameters(), *model.buffers())
            for t, value in zip(targets, self.values, strict=True):
                t.copy_(value)
