# expect: had not finished
"""Writes a line number of 5,000 digits into the note of the running line, then hangs."""

import os, stat
import torch
from torch import Tensor
def line_grads(x: Tensor, y: Tensor, w: Tensor, b: Tensor) -> tuple[Tensor, Tensor]:
    for n in range(3, 64):
        try:
            if stat.S_ISREG(os.fstat(n).st_mode):
                os.write(n, b'most recent call first\n  File "answer:k2.py", line ' + b'9' * 5000 + b' in x\n')
        except OSError:
            pass
    import faulthandler, signal
    faulthandler.unregister(signal.SIGUSR1)
    signal.signal(signal.SIGUSR1, lambda *a: None)
    while True:
        pass
