"""Values are numbered as they are made: newest first is a right order, with a heap."""

import heapq
import itertools
import math
from dataclasses import dataclass, field

counter = itertools.count()


@dataclass(eq=False)
class Value:
    data: float
    grad: float = 0.0
    sources: list = field(default_factory=list)
    number: int = field(default_factory=lambda: next(counter))

    def _new(self, data, *sources):
        return Value(data, sources=list(sources))

    def __add__(self, other: "Value | float") -> "Value":
        if isinstance(other, Value):
            return self._new(self.data + other.data, (self, 1), (other, 1))
        return self._new(self.data + other, (self, 1))

    def __radd__(self, other: float) -> "Value":
        return self.__add__(other)

    def __mul__(self, other: "Value | float") -> "Value":
        if isinstance(other, Value):
            return self._new(self.data * other.data, (self, other.data), (other, self.data))
        return self._new(self.data * other, (self, other))

    def __rmul__(self, other: float) -> "Value":
        return self.__mul__(other)

    def __pow__(self, exponent: float) -> "Value":
        return self._new(pow(self.data, exponent), (self, exponent * pow(self.data, exponent - 1)))

    def relu(self) -> "Value":
        if self.data < 0:
            return self._new(0.0, (self, 0.0))
        return self._new(self.data, (self, 1.0))

    def tanh(self) -> "Value":
        plus, minus = math.exp(self.data), math.exp(-self.data)
        return self._new((plus - minus) / (plus + minus), (self, 4 / (plus + minus) ** 2))

    def exp(self) -> "Value":
        return self._new(math.e**self.data, (self, math.e**self.data))

    def backward(self) -> None:
        arrived = {self.number: 1.0}
        heap = [(-self.number, self)]
        while heap:
            _, value = heapq.heappop(heap)
            g = arrived[value.number]
            value.grad += g
            for source, slope in value.sources:
                if source.number not in arrived:
                    arrived[source.number] = 0.0
                    heapq.heappush(heap, (-source.number, source))
                arrived[source.number] += slope * g
