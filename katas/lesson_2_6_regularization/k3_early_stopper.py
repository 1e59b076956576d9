"""Stop when the validation loss no longer falls, and go back to the best model."""

import math

from torch import Tensor, nn


class EarlyStopper:
    """Watches the validation loss, epoch by epoch."""

    def __init__(self, patience: int, min_delta: float) -> None:
        """Keep patience (epochs, 1 or more) and min_delta (0 or more)."""
        self.patience = patience
        self.min_delta = min_delta
        self.best = math.inf
        self.waited = 0
        self.state: dict[str, Tensor] = {}

    def update(self, val_loss: float, model: nn.Module) -> bool:
        """Take the validation loss of one more epoch; return whether to stop now.

        - An epoch is good if its loss is lower than that of the best epoch so far by more than
          min_delta. The first epoch is good, unless its loss is NaN or infinite.
        - A good epoch is the best one from then on, and all that the model holds (parameters and
          buffers) is kept.
        - All other epochs are bad; NaN is never good.
        - True when this is the patience-th bad epoch in a row, and again for every bad one that
          follows without a good one; else False.
        - The model stays as it was.
        """
        if val_loss < self.best - self.min_delta:
            self.best = val_loss
            self.state = dict(model.state_dict())
        else:
            self.waited += 1
        return self.waited >= self.patience

    def restore(self, model: nn.Module) -> None:
        """Give the model back what it held in the best epoch; nothing if none was good.

        What is kept stays kept, however the model is trained on afterwards.
        """
        if self.state:
            model.load_state_dict(self.state)
