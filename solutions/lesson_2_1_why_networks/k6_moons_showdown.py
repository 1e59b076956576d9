"""Train a classifier and measure it. The code below runs, but there is something to mend.

It was written in a hurry, and one mistake slipped in: nothing crashes, and the accuracy may even
look good. Find the mistake and mend it; everything that the function promises stands in its
docstring. (Or write the function anew: the promises are what counts.)

Then hold the showdown: run this file, and your line and three of your networks compete on your
own two moons. Write down first who you think will be ahead, and how often.
"""

import torch
from jaxtyping import Float
from torch import Tensor, nn


def train_classifier(
    model: nn.Module, x: Float[Tensor, "n d"], y: Float[Tensor, "n 1"], lr: float, epochs: int
) -> float:
    """Train ``model`` on all rows and return the share of rows that it then gets right.

    - model(x) gives the probability of class 1 for each row, as a column (n, 1): the sigmoid is
      part of the model. y holds the labels 0.0 and 1.0.
    - The loss is the binary cross-entropy of the probabilities, the mean over the rows.
    - The optimizer is torch.optim.Adam with learning rate lr, everything else as it comes.
    - One epoch is one update with all rows; there are exactly ``epochs`` of them (1 or more).
    - The model itself is trained, not a copy.
    - The accuracy is measured after the last update: a row counts as class 1 if its probability
      is above 0.5. It is a plain float from 0 to 1.
    - x and y stay as they were.
    """
    # --- yours
    loss_fn = nn.BCELoss()
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)
    for _ in range(epochs):
        optimizer.zero_grad()
        probability = model(x)
        loss = loss_fn(probability, y)
        loss.backward()
        optimizer.step()
    with torch.no_grad():
        predicted = (model(x) > 0.5).to(y.dtype)
    return (predicted == y).double().mean().item()
    # --- end


if __name__ == "__main__":  # the showdown; nothing below is judged
    from k1_two_moons import moons
    from k2_linear_classifier import LinearClassifier
    from k3_mlp_module import MLP

    x, y = moons(200, 0.2, torch.Generator().manual_seed(0))
    rivals = {
        "a line": lambda: LinearClassifier(2),
        "8 hidden units, relu": lambda: nn.Sequential(MLP(2, 8, 1), nn.Sigmoid()),
        "8 hidden units, tanh": lambda: nn.Sequential(MLP(2, 8, 1, torch.tanh), nn.Sigmoid()),
        "32 hidden units, relu": lambda: nn.Sequential(MLP(2, 32, 1), nn.Sigmoid()),
    }
    for name, new_model in rivals.items():
        shares = [train_classifier(new_model(), x, y, lr=0.05, epochs=300) for _ in range(5)]
        print(f"{name:22}", *(f"{share:.3f}" for share in shares))
