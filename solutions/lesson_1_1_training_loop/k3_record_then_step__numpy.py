from collections.abc import Callable

import numpy as np
from torch import Tensor


class Recorder:
    def __init__(self):
        self.values = []

    def note(self, tensor):
        self.values.append(tensor.detach().cpu().numpy().astype(np.float64)[()])
        return tensor


def run(
    loss_of: Callable[[], Tensor], update: Callable[[Tensor], None], epochs: int
) -> list[float]:
    recorder = Recorder()
    for _ in range(epochs):
        update(recorder.note(loss_of()))
    return recorder.values
