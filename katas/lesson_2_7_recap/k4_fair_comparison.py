"""Which model is better? A comparison that gives all of them the same chance.

Each model answers with a logit for each row; labels are 0.0 and 1.0. What differs between two
rows of the result should come from the models, and from nothing else.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import torch
from jaxtyping import Float
from torch import Tensor, nn


@dataclass(frozen=True)
class Splits:
    """Rows for training, and others for validation, with their labels.

    Attributes:
        x_train, y_train: the rows that models are trained on.
        x_val, y_val: the rows that they are measured on.
    """

    x_train: Float[Tensor, "n d"]
    y_train: Float[Tensor, "n 1"]
    x_val: Float[Tensor, "m d"]
    y_val: Float[Tensor, "m 1"]


@dataclass(frozen=True)
class Budget:
    """What every model may spend.

    Attributes:
        updates: how many steps of gradient descent, 1 or more.
        batch_size: how many rows a step sees.
        lr: the learning rate.
        seed: what the order of the rows is drawn from.
    """

    updates: int
    batch_size: int
    lr: float
    seed: int


@dataclass(frozen=True)
class Row:
    """What came of one model.

    Attributes:
        name: of the model.
        n_params: how many numbers its parameters hold.
        first_loss: the loss of its first mini-batch, before the first update.
        val_loss: the loss of all validation rows, after the last update.
        val_accuracy: the share of validation rows told rightly then, from 0 to 1.
    """

    name: str
    n_params: int
    first_loss: float
    val_loss: float
    val_accuracy: float


def compare(models: Mapping[str, nn.Module], data: Splits, budget: Budget) -> list[Row]:
    """Train a copy of each model in the same way, and return a row for each, in their order.

    - Each model is trained from the state in which it is handed in, and all of them are
      afterwards as they were: their numbers, their .grad, their modes. The same model may stand
      under two names.
    - The order of the rows is the same for all: for each model a new torch.Generator is seeded
      with budget.seed, and torch.randperm(n, generator=gen) draws an order of the n training
      rows. Mini-batches of batch_size rows are taken from its front; the last may be smaller.
      When it is used up, the next order is drawn from the same generator.
    - One update is one mini-batch: every parameter that requires grad moves by lr times its
      derivative of the loss, downhill. Exactly budget.updates of them are made, wherever in an
      order that ends.
    - The loss is the binary cross-entropy of the logits, the mean over the rows. A row counts as
      class 1 if its logit is above 0.
    - Models are in training mode while they are trained, in evaluation mode while they are
      measured, and are measured on the validation rows alone.
    - n_params counts all parameters, also those that don't require grad. Losses and accuracies
      are plain floats.
    - No model draws random numbers, so the same arguments give the same rows. torch's global random
      state isn't touched, and data stays as it was.
    """
    # Your code here.
    raise NotImplementedError


if __name__ == "__main__":  # XOR with clouds in place of corners; nothing below is judged
    source = torch.Generator().manual_seed(0)
    x = torch.rand(1200, 2, generator=source) * 2 - 1
    y = ((x[:, :1] > 0) != (x[:, 1:] > 0)) * 1.0  # the label is told before the noise comes
    x = x + 0.1 * torch.randn(1200, 2, generator=source)
    splits = Splits(x[:200], y[:200], x[200:], y[200:])

    torch.manual_seed(0)
    rivals = {
        "a line": nn.Linear(2, 1),
        "2 units, tanh": nn.Sequential(nn.Linear(2, 2), nn.Tanh(), nn.Linear(2, 1)),
        "8 units, relu": nn.Sequential(nn.Linear(2, 8), nn.ReLU(), nn.Linear(8, 1)),
        "8 units, tanh": nn.Sequential(nn.Linear(2, 8), nn.Tanh(), nn.Linear(8, 1)),
    }
    spent = Budget(updates=2000, batch_size=20, lr=0.5, seed=0)
    print("                n_params   first   val_loss   val_accuracy")
    for row in compare(rivals, splits, spent):
        numbers = f"{row.first_loss:9.3f}{row.val_loss:11.3f}{row.val_accuracy:13.3f}"
        print(f"{row.name:16}{row.n_params:6}{numbers}")
