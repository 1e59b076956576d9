"""A tiny autograd: numbers that remember how they were computed, and differentiate it."""

import math


class Value:
    """A number that remembers what it was computed from.

    Values are combined by +, * and **, and by relu(), tanh() and exp(); every result is a new
    Value. With + and *, a plain number may stand on either side: x * 2 as well as 2 * x.

    Attributes:
        data: the number itself.
        grad: the derivative that backward() has left here; 0.0 at first.
    """

    def __init__(self, data: float) -> None:
        """Make a value from a plain number; ``data`` and ``grad`` are plain floats."""
        # Your code here.
        raise NotImplementedError

    def __add__(self, other: "Value | float") -> "Value":
        """Return self + other."""
        # Your code here.
        raise NotImplementedError

    def __radd__(self, other: float) -> "Value":
        """Return other + self: Python calls this when a plain number stands on the left."""
        # Your code here.
        raise NotImplementedError

    def __mul__(self, other: "Value | float") -> "Value":
        """Return self * other."""
        # Your code here.
        raise NotImplementedError

    def __rmul__(self, other: float) -> "Value":
        """Return other * self: Python calls this when a plain number stands on the left."""
        # Your code here.
        raise NotImplementedError

    def __pow__(self, exponent: float) -> "Value":
        """Return self ** exponent; the exponent is a plain number, whole or not."""
        # Your code here.
        raise NotImplementedError

    def relu(self) -> "Value":
        """Return self where it is positive, else 0."""
        # Your code here.
        raise NotImplementedError

    def tanh(self) -> "Value":
        """Return the hyperbolic tangent of self."""
        # Your code here.
        raise NotImplementedError

    def exp(self) -> "Value":
        """Return e to the power of self."""
        # Your code here.
        raise NotImplementedError

    def backward(self) -> None:
        """Put the derivative of self by each value that took part into that value's grad.

        - That goes for the values made directly, for those in between, and for self (1.0).
        - A value that was used several times gets the sum of all ways that lead from it to self.
        - backward() adds: after a second call, the grad of each value that was made directly (not
          computed) is what it was before plus the derivative again. What the second call leaves
          in computed values is up to you.
        - A chain of 5,000 operations is no trouble (Python stops at about 1,000 nested calls), nor
          are 60 doublings in a row, x + x of x + x of ..., which have 2 ** 60 ways through them.
        - Written here, in plain Python: torch's autograd is not allowed.
        """
        # Your code here.
        raise NotImplementedError
