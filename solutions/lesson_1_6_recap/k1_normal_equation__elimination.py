import torch
from jaxtyping import Float
from torch import Tensor


def dot(a: list[float], b: list[float]) -> float:
    return sum(p * q for p, q in zip(a, b, strict=True))


def least_squares(
    x: Float[Tensor, "n d"], y: Float[Tensor, "n"]
) -> tuple[Float[Tensor, "d"], Float[Tensor, "1"]]:
    """The normal equation in plain numbers, solved as in school; what is left over is 0."""
    columns = [*x.T.tolist(), [1.0] * len(x)]
    target = y.tolist()
    rows = [[dot(a, b) for b in columns] + [dot(a, target)] for a in columns]
    k = len(columns)
    largest = max(abs(v) for row in rows for v in row[:-1])
    used: list[tuple[int, int]] = []
    for col in range(k):
        free = [r for r in range(k) if r not in [u for u, _ in used]]
        pivot = max(free, key=lambda r: abs(rows[r][col]))
        if abs(rows[pivot][col]) < 1e-6 * largest:
            continue
        used.append((pivot, col))
        for r in range(k):
            if r != pivot:
                share = rows[r][col] / rows[pivot][col]
                rows[r] = [v - share * p for v, p in zip(rows[r], rows[pivot], strict=True)]
    theta = [0.0] * k
    for row, col in used:
        theta[col] = rows[row][-1] / rows[row][col]
    whole = torch.tensor(theta, dtype=x.dtype)
    return whole[:-1], whole[-1:]
