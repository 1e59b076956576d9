# expect: annotations of
"""Has lost its annotations."""


def line_grads(x, y, w, b):
    residual = x * w + b - y
    return 2 * (residual * x).mean(dim=0), 2 * residual.mean(dim=0)
