"""Bring every column to mean 0 and standard deviation 1, as the training part has them."""

from jaxtyping import Float
from torch import Tensor


class Standardizer:
    """Shifts and scales columns: what it learns from one table it does to every other."""

    def fit(self, x: Float[Tensor, "n d"]) -> "Standardizer":
        """Learn the mean and the standard deviation of each column of x; return this object.

        - The standard deviation is the root of the mean of the squared distances from the mean
          (divided by n, not by n - 1).
        - A second fit takes the place of the first.
        - x stays as it was.
        """
        self.mean = x.mean(dim=0)
        self.std = x.std(dim=0, correction=0)
        return self

    def transform(self, x: Float[Tensor, "m d"]) -> Float[Tensor, "m d"]:
        """Return x, less the means learnt, divided by the standard deviations learnt.

        - The table that was fitted gets mean 0 and standard deviation 1 in each column; nothing
          is added to what is divided by.
        - Another table is treated with the very same numbers, whatever its own are, and however
          many rows it has.
        - A column that was the same in every row of the fitted table is shifted only.
        - x stays as it was.
        """
        self.fit(x)
        return (x - self.mean) / self.std

    def inverse(self, x: Float[Tensor, "m d"]) -> Float[Tensor, "m d"]:
        """Return the table that transform would turn into x; x stays as it was."""
        return x * self.std + self.mean
