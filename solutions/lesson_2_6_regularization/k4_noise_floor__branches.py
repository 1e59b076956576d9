import math


def irreducible_mse(residual_std: float) -> float:
    return math.pow(residual_std, 2)


def honest_threshold(noise: float, n: int, k_params: int) -> float:
    if n <= 0:
        raise ValueError(n)
    if k_params >= n:
        return 0.0
    return noise * noise * (n - k_params) / n
