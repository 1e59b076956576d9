from collections.abc import Sequence


def count_params(sizes: Sequence[int], bias: bool = True) -> int:
    if len(sizes) < 2:
        return 0
    inputs, units, *rest = sizes
    # a bias is the weight of one more input, which is always 1
    return (inputs + bool(bias)) * units + count_params([units, *rest], bias)
