"""Each operation leaves a function that passes its gradient on; the order by counting users."""

import math


class Value:
    def __init__(self, data: float, _prev=(), _op="") -> None:
        self.data = float(data)
        self.grad = 0.0
        self._prev = _prev
        self._op = _op
        self._backward = lambda g: []

    def __repr__(self):
        return f"Value({self.data:.4f}, grad={self.grad:.4f})"

    def __add__(self, other: "Value | float") -> "Value":
        if not isinstance(other, Value):
            other = Value(other)
        out = Value(self.data + other.data, (self, other), "+")
        out._backward = lambda g: [(self, g), (other, g)]
        return out

    def __mul__(self, other: "Value | float") -> "Value":
        if not isinstance(other, Value):
            other = Value(other)
        out = Value(self.data * other.data, (self, other), "*")
        out._backward = lambda g: [(self, other.data * g), (other, self.data * g)]
        return out

    __radd__ = __add__
    __rmul__ = __mul__

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -other

    def __pow__(self, exponent: float) -> "Value":
        assert isinstance(exponent, (int, float))
        out = Value(self.data**exponent, (self,), f"**{exponent}")
        out._backward = lambda g: [(self, exponent * self.data ** (exponent - 1) * g)]
        return out

    def relu(self) -> "Value":
        out = Value(max(0.0, self.data), (self,), "relu")
        out._backward = lambda g: [(self, g if out.data > 0 else 0.0)]
        return out

    def tanh(self) -> "Value":
        out = Value(math.tanh(self.data), (self,), "tanh")
        out._backward = lambda g: [(self, (1 - out.data**2) * g)]
        return out

    def exp(self) -> "Value":
        out = Value(math.exp(self.data), (self,), "exp")
        out._backward = lambda g: [(self, out.data * g)]
        return out

    def backward(self) -> None:
        users = {self: 0}
        frontier = [self]
        while frontier:
            node = frontier.pop()
            for parent in node._prev:
                if parent not in users:
                    users[parent] = 0
                    frontier.append(parent)
                users[parent] += 1
        upstream = {self: 1.0}
        ready = [self]
        while ready:
            node = ready.pop()
            node.grad += upstream[node]
            for parent, g in node._backward(upstream[node]):
                upstream[parent] = upstream.get(parent, 0.0) + g
                users[parent] -= 1
                if users[parent] == 0:
                    ready.append(parent)


if __name__ == "__main__":
    x = Value(3.0)
    loss = (x * x + 2 * x).tanh()
    loss.backward()
    print(x)
