"""How many numbers does a network learn? Worked out from its sizes alone."""

from collections.abc import Sequence


def count_params(sizes: Sequence[int], bias: bool = True) -> int:
    """Return how many parameters a network of linear layers has, as a plain int.

    - sizes holds the number of inputs, then the number of units of each hidden layer in order,
      then the number of outputs. So [2, 16, 8, 1] has two hidden layers, of 16 and of 8 units.
    - There are at least two numbers, each 1 or more. With two there is no hidden layer.
    - Every unit has a weight for each unit of the layer right before it, and for no others.
    - With bias=True every unit has a bias as well, the outputs too. Inputs are no units.
      With bias=False nobody has one.
    - Activations between the layers have nothing to learn.
    - sizes may be a list or a tuple, and stays as it was.
    """
    # --- yours
    count = 0
    for d_in, d_out in zip(sizes, sizes[1:]):
        count += d_in * d_out
        if bias:
            count += d_out
    return count
    # --- end
