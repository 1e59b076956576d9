# first: recursive
"""Calls itself for each value, and Python ends that at 1,000."""

import math


class Value:
    def __init__(self, data: float) -> None:
        self.data = data
        self.grad = 0.0
        self._prev = ()
        self._backward = lambda: None
    def __add__(self, other: 'Value | float') -> 'Value':
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data + other.data)
        out._prev = (self, other)
        def _backward():
            self.grad += out.grad
            other.grad += out.grad
        out._backward = _backward
        return out
    def __radd__(self, other: float) -> 'Value':
        return self + other
    def __mul__(self, other: 'Value | float') -> 'Value':
        other = other if isinstance(other, Value) else Value(other)
        out = Value(self.data * other.data)
        out._prev = (self, other)
        def _backward():
            self.grad += other.data * out.grad
            other.grad += self.data * out.grad
        out._backward = _backward
        return out
    def __rmul__(self, other: float) -> 'Value':
        return self * other
    def __pow__(self, exponent: float) -> 'Value':
        out = Value(self.data ** exponent)
        out._prev = (self,)
        def _backward():
            self.grad += exponent * self.data ** (exponent - 1) * out.grad
        out._backward = _backward
        return out
    def relu(self) -> 'Value':
        out = Value(self.data if self.data > 0 else 0.0)
        out._prev = (self,)
        def _backward():
            self.grad += (out.data > 0) * out.grad
        out._backward = _backward
        return out
    def tanh(self) -> 'Value':
        out = Value(math.tanh(self.data))
        out._prev = (self,)
        def _backward():
            self.grad += (1 - out.data ** 2) * out.grad
        out._backward = _backward
        return out
    def exp(self) -> 'Value':
        out = Value(math.exp(self.data))
        out._prev = (self,)
        def _backward():
            self.grad += out.data * out.grad
        out._backward = _backward
        return out
    def backward(self) -> None:
        topo = []
        visited = set()
        def build(v):
            if v not in visited:
                visited.add(v)
                for child in v._prev:
                    build(child)
                topo.append(v)
        build(self)
        for v in topo:
            if v._prev:
                v.grad = 0.0
        self.grad = 1.0
        for v in reversed(topo):
            v._backward()
