import numpy as np
import torch
from torch import Tensor


def updated(params: list[Tensor], grads: list[Tensor], lr: float) -> list[Tensor]:
    out: list[Tensor] = []
    for param, grad in zip(params, grads):
        moved = np.subtract(param.detach().numpy(), np.multiply(lr, grad.numpy()))
        out.append(torch.from_numpy(moved))
    return out
