"""Choose the last layer and the loss for six tasks.

The network ends in a linear layer and puts out plain numbers, with no activation behind them. Its
loss takes these numbers as they are.
"""

from dataclasses import dataclass
from typing import Literal

Task = Literal["price", "wind", "spam", "digit", "tags", "species"]


@dataclass(frozen=True)
class Head:
    """How a network ends.

    Attributes:
        out_features: how many numbers the last layer puts out for each example.
        loss: the name of the loss's class in torch.nn, such as "L1Loss".
        needs_activation_at_predict: whether an activation turns the network's numbers into what
            the user of the network wants.
    """

    out_features: int
    loss: str
    needs_activation_at_predict: bool


def head_for(task: Task) -> Head:
    """Return how a network for this task should end.

    - "price": the price of a house, one number. Errors count squared.
    - "wind": the wind's speed to the east and its speed to the north, two numbers, negative ones
      among them. Errors count squared.
    - "spam": whether a mail is spam, yes or no. Wanted is the probability of yes.
    - "digit": which of the ten digits a picture shows. Wanted are ten probabilities that add up
      to 1. A target is the digit itself, as a whole number.
    - "tags": which of five tags fit a photo: any number of them, from none to all. Wanted are five
      probabilities, one for each tag.
    - "species": which of three species a flower is. Wanted is only the name of the likeliest. A
      target is the number of the species: 0, 1 or 2.

    Use as few outputs as will do; a yes or no needs only one. The losses to choose from: MSELoss,
    BCELoss, BCEWithLogitsLoss, NLLLoss, CrossEntropyLoss.
    """
    # --- yours
    heads = {
        "price": Head(1, "MSELoss", False),
        "wind": Head(2, "MSELoss", False),
        "spam": Head(1, "BCEWithLogitsLoss", True),  # sigmoid
        "digit": Head(10, "CrossEntropyLoss", True),  # softmax
        "tags": Head(5, "BCEWithLogitsLoss", True),  # five sigmoids
        "species": Head(3, "CrossEntropyLoss", False),  # the largest output is the likeliest
    }
    return heads[task]
    # --- end
