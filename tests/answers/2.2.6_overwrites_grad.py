# first: grad-replaced
"""A new arrival takes the place of the one before."""

import math


class Value:
    def __init__(self, data: float) -> None:
        self.data = float(data)
        self.grad = 0.0
        self.parents = []
    def _new(self, data, parents):
        v = Value(data)
        v.parents = parents
        return v
    def __add__(self, other: 'Value | float') -> 'Value':
        o = other if isinstance(other, Value) else Value(other)
        return self._new(self.data + o.data, [(self, 1.0), (o, 1.0)])
    def __radd__(self, other: float) -> 'Value':
        return self + other
    def __mul__(self, other: 'Value | float') -> 'Value':
        o = other if isinstance(other, Value) else Value(other)
        return self._new(self.data * o.data, [(self, o.data), (o, self.data)])
    def __rmul__(self, other: float) -> 'Value':
        return self * other
    def __pow__(self, exponent: float) -> 'Value':
        return self._new(self.data ** exponent, [(self, exponent * self.data ** (exponent - 1))])
    def relu(self) -> 'Value':
        return self._new(max(0.0, self.data), [(self, 1.0 if self.data > 0 else 0.0)])
    def tanh(self) -> 'Value':
        t = math.tanh(self.data)
        return self._new(t, [(self, 1 - t * t)])
    def exp(self) -> 'Value':
        e = math.exp(self.data)
        return self._new(e, [(self, e)])
    def backward(self) -> None:
        order, seen, stack = [], set(), [(self, False)]
        while stack:
            v, done = stack.pop()
            if done:
                order.append(v)
            elif id(v) not in seen:
                seen.add(id(v))
                stack.append((v, True))
                for p, _ in v.parents:
                    stack.append((p, False))
        self.grad = 1.0
        for v in reversed(order):
            for p, slope in v.parents:
                p.grad = v.grad * slope
