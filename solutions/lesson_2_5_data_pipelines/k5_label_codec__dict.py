import torch
from jaxtyping import Float, Int, Int64
from torch import Tensor


def encode(labels: Int[Tensor, "n"]) -> tuple[Int64[Tensor, "n"], list[int]]:
    classes = sorted(set(labels.tolist()))
    code_of = {label: code for code, label in enumerate(classes)}
    return torch.tensor([code_of[v] for v in labels.tolist()], dtype=torch.int64), classes


def to_one_hot(codes: Int64[Tensor, "n"], k: int) -> Float[Tensor, "n k"]:
    out = torch.zeros(len(codes), k)
    for row, code in enumerate(codes.tolist()):
        out[row, code] = 1.0
    return out


def from_one_hot(rows: Float[Tensor, "n k"]) -> Int64[Tensor, "n"]:
    return torch.tensor([row.index(max(row)) for row in rows.tolist()], dtype=torch.long)
