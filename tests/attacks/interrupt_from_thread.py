# expect: stopped itself | disturbed the connection
"""Raises exceptions in the program that talks to the judge, from a thread."""

import ctypes
import threading
import time

import torch
from jaxtyping import Float
from torch import Tensor


def shoot() -> None:
    while True:
        ctypes.pythonapi.PyThreadState_SetAsyncExc(
            ctypes.c_ulong(threading.main_thread().ident), ctypes.py_object(SystemExit)
        )
        time.sleep(0.001)


threading.Thread(target=shoot, daemon=True).start()


def line_grads(
    x: Float[Tensor, "n 1"],
    y: Float[Tensor, "n 1"],
    w: Float[Tensor, "1"],
    b: Float[Tensor, "1"],
) -> tuple[Float[Tensor, "1"], Float[Tensor, "1"]]:
    return torch.zeros(1), torch.zeros(1)
