# first: every-way
"""Each way is walked by itself; 60 doublings never end."""

import math


class Value:
    def __init__(self, data: float) -> None:
        self.data = float(data)
        self.grad = 0.0
        self.inputs = []
    def make(self, data, inputs):
        out = Value(data)
        out.inputs = inputs
        return out
    def __add__(self, other: 'Value | float') -> 'Value':
        other = other if isinstance(other, Value) else Value(other)
        return self.make(self.data + other.data, [(self, 1.0), (other, 1.0)])
    def __radd__(self, other: float) -> 'Value':
        return self.__add__(other)
    def __mul__(self, other: 'Value | float') -> 'Value':
        other = other if isinstance(other, Value) else Value(other)
        return self.make(self.data * other.data, [(self, other.data), (other, self.data)])
    def __rmul__(self, other: float) -> 'Value':
        return self.__mul__(other)
    def __pow__(self, exponent: float) -> 'Value':
        return self.make(self.data**exponent, [(self, exponent * self.data ** (exponent - 1))])
    def relu(self) -> 'Value':
        return self.make(self.data, [(self, 1.0)]) if self.data > 0 else self.make(0.0, [(self, 0.0)])
    def tanh(self) -> 'Value':
        y = math.tanh(self.data)
        return self.make(y, [(self, 1 - y * y)])
    def exp(self) -> 'Value':
        y = math.exp(self.data)
        return self.make(y, [(self, y)])
    def backward(self) -> None:
        todo = [(self, 1.0)]
        while todo:
            value, g = todo.pop()
            value.grad += g
            for v, slope in value.inputs:
                todo.append((v, g * slope))
