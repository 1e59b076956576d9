"""How low can a loss honestly get, if the targets are noisy?"""


def irreducible_mse(residual_std: float) -> float:
    """Return the mean squared error that the true function itself has on many points.

    - residual_std is the standard deviation of the noise in the targets: how far they typically
      lie from the true function. The noise has mean 0.
    """
    # Your code here.
    raise NotImplementedError


def honest_threshold(noise: float, n: int, k_params: int) -> float:
    """Return the mean squared error to be expected of the best fit on its own n training points.

    - The targets have noise of standard deviation ``noise``; the model can represent the true
      function, and its k_params parameters were fitted to these n points.
    - A fit follows some of the noise: of n shares of noise, k_params are fitted away, so that the
      share 1 - k_params / n of the irreducible error is left. (For linear models that is exact, on
      average over the noise.)
    - Where there are as many parameters as points, or more, nothing is left: 0.
    - n less than 1 raises a ValueError.
    """
    # Your code here.
    raise NotImplementedError
