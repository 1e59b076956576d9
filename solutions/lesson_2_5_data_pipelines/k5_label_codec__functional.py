import numpy as np
import torch
import torch.nn.functional as F
from jaxtyping import Float, Int, Int64
from torch import Tensor


def encode(labels: Int[Tensor, "n"]) -> tuple[Int64[Tensor, "n"], list[int]]:
    classes, codes = np.unique(labels.numpy(), return_inverse=True)
    return torch.from_numpy(codes.astype(np.int64)), classes.tolist()


def to_one_hot(codes: Int64[Tensor, "n"], k: int) -> Float[Tensor, "n k"]:
    return F.one_hot(codes, num_classes=k).double()


def from_one_hot(rows: Float[Tensor, "n k"]) -> Int64[Tensor, "n"]:
    return torch.topk(rows, 1, dim=1)[1].squeeze(1)
