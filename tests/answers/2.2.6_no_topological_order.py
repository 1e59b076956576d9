# first: passed-on-too-early
"""A value passes on when the first way has reached it; what arrives later stays there."""

import math


class Value:
    def __init__(self, data: float, parents: tuple = ()) -> None:
        self.data = float(data)
        self.grad = 0.0
        self.parents = parents
    def __add__(self, other: 'Value | float') -> 'Value':
        if not isinstance(other, Value):
            other = Value(other)
        return Value(self.data + other.data, ((self, 1.0), (other, 1.0)))
    def __radd__(self, other: float) -> 'Value':
        return Value(other) + self
    def __mul__(self, other: 'Value | float') -> 'Value':
        if not isinstance(other, Value):
            other = Value(other)
        return Value(self.data * other.data, ((self, other.data), (other, self.data)))
    def __rmul__(self, other: float) -> 'Value':
        return Value(other) * self
    def __pow__(self, exponent: float) -> 'Value':
        return Value(self.data ** exponent, ((self, exponent * self.data ** (exponent - 1)),))
    def relu(self) -> 'Value':
        return Value(max(self.data, 0.0), ((self, float(self.data > 0)),))
    def tanh(self) -> 'Value':
        t = math.tanh(self.data)
        return Value(t, ((self, 1 - t ** 2),))
    def exp(self) -> 'Value':
        e = math.exp(self.data)
        return Value(e, ((self, e),))
    def backward(self) -> None:
        queue = [self]
        seen = {id(self)}
        self.grad += 1.0
        while queue:
            v = queue.pop(0)
            for p, slope in v.parents:
                p.grad += v.grad * slope
                if id(p) not in seen:
                    seen.add(id(p))
                    queue.append(p)
