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
        # --- yours
        self.data = data
        self.grad = 0.0
        # What it was computed from, and how fast it grows with each of them.
        self._inputs: list[tuple[Value, float]] = []
        # --- end

    def __add__(self, other: "Value | float") -> "Value":
        """Return self + other."""
        # --- yours
        other = _value(other)
        return _computed(self.data + other.data, (self, 1.0), (other, 1.0))
        # --- end

    def __radd__(self, other: float) -> "Value":
        """Return other + self: Python calls this when a plain number stands on the left."""
        # --- yours
        return self + other
        # --- end

    def __mul__(self, other: "Value | float") -> "Value":
        """Return self * other."""
        # --- yours
        other = _value(other)
        return _computed(self.data * other.data, (self, other.data), (other, self.data))
        # --- end

    def __rmul__(self, other: float) -> "Value":
        """Return other * self: Python calls this when a plain number stands on the left."""
        # --- yours
        return self * other
        # --- end

    def __pow__(self, exponent: float) -> "Value":
        """Return self ** exponent; the exponent is a plain number, whole or not."""
        # --- yours
        slope = exponent * self.data ** (exponent - 1)
        return _computed(self.data**exponent, (self, slope))
        # --- end

    def relu(self) -> "Value":
        """Return self where it is positive, else 0."""
        # --- yours
        on = self.data > 0
        return _computed(self.data if on else 0.0, (self, 1.0 if on else 0.0))
        # --- end

    def tanh(self) -> "Value":
        """Return the hyperbolic tangent of self."""
        # --- yours
        t = math.tanh(self.data)
        return _computed(t, (self, 1 - t * t))
        # --- end

    def exp(self) -> "Value":
        """Return e to the power of self."""
        # --- yours
        e = math.exp(self.data)
        return _computed(e, (self, e))
        # --- end

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
        # --- yours
        order = _inputs_first(self)
        for value in order:
            if value._inputs:
                value.grad = 0.0  # what an earlier backward() sent through here is history
        self.grad += 1.0
        for value in reversed(order):
            for source, slope in value._inputs:
                source.grad += slope * value.grad
        # --- end


# --- yours
def _value(number: Value | float) -> Value:
    return number if isinstance(number, Value) else Value(number)


def _computed(data: float, *inputs: tuple[Value, float]) -> Value:
    result = Value(data)
    result._inputs = list(inputs)
    return result


def _inputs_first(root: Value) -> list[Value]:
    """All values that root depends on, each behind its inputs; root comes last."""
    order: list[Value] = []
    seen: set[Value] = set()
    waiting = [(root, False)]
    while waiting:
        value, inputs_done = waiting.pop()
        if inputs_done:
            order.append(value)
        elif value not in seen:
            seen.add(value)
            waiting.append((value, True))
            waiting.extend((source, False) for source, _ in value._inputs)
    return order


# --- end
