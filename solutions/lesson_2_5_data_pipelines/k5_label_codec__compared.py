import torch
from jaxtyping import Float, Int, Int64
from torch import Tensor


def encode(labels: Int[Tensor, "n"]) -> tuple[Int64[Tensor, "n"], list[int]]:
    classes = labels.unique(sorted=True)
    codes = torch.searchsorted(classes, labels)
    return codes, classes.tolist()


def to_one_hot(codes: Int64[Tensor, "n"], k: int) -> Float[Tensor, "n k"]:
    return (codes.unsqueeze(1) == torch.arange(k)).float()


def from_one_hot(rows: Float[Tensor, "n k"]) -> Int64[Tensor, "n"]:
    return rows.max(dim=-1).indices
