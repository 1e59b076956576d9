"""A dataset: inputs and their targets, to be asked for row by row."""

from jaxtyping import Float
from torch import Tensor
from torch.utils.data import Dataset


class Pairs(Dataset[tuple[Tensor, Tensor]]):
    """Inputs and their targets, row by row."""

    def __init__(self, x: Float[Tensor, "n d"], y: Float[Tensor, "n o"]) -> None:
        """Keep the rows of x and y together.

        - x and y with different numbers of rows raise a ValueError.
        """
        # Your code here.
        raise NotImplementedError

    def __len__(self) -> int:
        """Return the number of pairs."""
        # Your code here.
        raise NotImplementedError

    def __getitem__(self, i: int) -> tuple[Float[Tensor, "d"], Float[Tensor, "o"]]:
        """Return row i of x and row i of y.

        - i counts from 0. Negative numbers count from the end: -1 is the last row.
        - An i beyond either end raises an IndexError: that is how a loop over the pairs ends.
        - What comes back has memory of its own: whoever changes it changes neither x and y nor
          what comes next time.
        """
        # Your code here.
        raise NotImplementedError
