from fractions import Fraction


def irreducible_mse(residual_std: float) -> float:
    variance = residual_std * residual_std
    return variance


def degrees_left(n: int, k: int) -> int:
    return n - k if n > k else 0


def honest_threshold(noise: float, n: int, k_params: int) -> float:
    if n < 1:
        raise ValueError("n")
    share = Fraction(degrees_left(n, k_params), n)
    return float(share) * irreducible_mse(noise)
