"""Four points that no line can part, and networks that can.

The points are the corners of a square; the label is 1 where exactly one of the inputs is 1. That
is XOR, "either or". Try all lines on a grid, then train models and watch where the loss ends.
"""

import torch
from jaxtyping import Float
from torch import Tensor, nn


def best_line(x: Float[Tensor, "n 2"], y: Float[Tensor, "n 1"], grid: int) -> float:
    """Return the largest share of rows that a line of the grid gets right, a float from 0 to 1.

    - A line has two weights and a bias, and gives the row (x1, x2) the logit x1*w1 + x2*w2 + b.
      A row counts as class 1 if its logit is above 0, else as class 0.
    - w1, w2 and b each run through the same ``grid`` numbers, in even steps from -1 to 1, both
      ends included; grid is 2 or more. All combinations are tried: grid * grid * grid lines.
    - y holds the labels 0.0 and 1.0, one for each row of x; there is at least one row.
    - x and y stay as they were.
    """
    # Your code here.
    raise NotImplementedError


def train_xor(model: nn.Module, lr: float, epochs: int) -> float:
    """Train ``model`` on the four rows of XOR, and return its loss after the last update.

    - The rows are (0, 0), (0, 1), (1, 0) and (1, 1), with the labels 0, 1, 1 and 0.
    - model(x) takes the rows as (n, 2) and gives one *logit* each, as a column (n, 1).
    - The loss is the binary cross-entropy with natural logarithms, the mean over the four rows.
    - One epoch is one step of plain gradient descent with all four rows: every parameter moves by
      lr times its derivative of the loss, downhill. There are exactly ``epochs`` of them (1 or
      more).
    - The model itself is trained, from the state in which it comes, and from no other. If it gets
      stuck, then so it is: the loss says so, and the caller decides what to do.
    - The loss is that of the model as it is at the end, a plain float.
    """
    # Your code here.
    raise NotImplementedError


if __name__ == "__main__":  # what a line can do, and how networks end; nothing below is judged
    corners = torch.tensor([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    for name, labels in {"and": (0, 0, 0, 1), "or": (0, 1, 1, 1), "xor": (0, 1, 1, 0)}.items():
        y = torch.tensor(labels).reshape(4, 1) * 1.0
        print(f"{name:4}", *(f"{grid}: {best_line(corners, y, grid):.2f}  " for grid in (2, 3, 9)))
    for units, act in ((2, nn.ReLU), (2, nn.Tanh), (8, nn.Tanh)):
        nets = [nn.Sequential(nn.Linear(2, units), act(), nn.Linear(units, 1)) for _ in range(8)]
        losses = sorted(train_xor(net, lr=1.0, epochs=1000) for net in nets)
        print(f"{units} {act.__name__:5}", *(f"{loss:.4f}" for loss in losses))
