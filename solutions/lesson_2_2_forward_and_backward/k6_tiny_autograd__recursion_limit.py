"""A recursive search, with the limit raised for it."""

import math
import sys


class Value:
    def __init__(self, data: float):
        self.data = data
        self.grad = 0.0
        self.parents = []
        self.local = []

    @staticmethod
    def wrap(v):
        return v if isinstance(v, Value) else Value(v)

    @staticmethod
    def make(data, parents, local):
        v = Value(data)
        v.parents, v.local = parents, local
        return v

    def __add__(self, other: "Value | float") -> "Value":
        other = Value.wrap(other)
        return Value.make(self.data + other.data, [self, other], [1.0, 1.0])

    def __radd__(self, other: float) -> "Value":
        return Value.wrap(other) + self

    def __mul__(self, other: "Value | float") -> "Value":
        other = Value.wrap(other)
        return Value.make(self.data * other.data, [self, other], [other.data, self.data])

    def __rmul__(self, other: float) -> "Value":
        return Value.wrap(other) * self

    def __pow__(self, exponent: float) -> "Value":
        value = self.data**exponent
        return Value.make(value, [self], [exponent * self.data ** (exponent - 1)])

    def relu(self) -> "Value":
        return Value.make(self.data * (self.data > 0), [self], [float(self.data > 0)])

    def tanh(self) -> "Value":
        t = math.tanh(self.data)
        return Value.make(t, [self], [(1 - t) * (1 + t)])

    def exp(self) -> "Value":
        return Value.make(math.exp(self.data), [self], [math.exp(self.data)])

    def backward(self) -> None:
        order, seen = [], set()

        def visit(v):
            if id(v) in seen:
                return
            seen.add(id(v))
            for parent in v.parents:
                visit(parent)
            order.append(v)

        before = sys.getrecursionlimit()
        sys.setrecursionlimit(100_000)
        visit(self)
        sys.setrecursionlimit(before)

        for v in order:
            v.delta = 0.0
        self.delta = 1.0
        for v in order[::-1]:
            for parent, slope in zip(v.parents, v.local):
                parent.delta += v.delta * slope
        for v in order:
            v.grad += v.delta
