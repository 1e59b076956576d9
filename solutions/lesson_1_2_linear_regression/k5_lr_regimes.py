"""Tell from the record of a run whether its learning rate was right."""

from typing import Literal

import torch
from jaxtyping import Float
from torch import Tensor


def regime(
    params: Float[Tensor, "t p"], losses: Float[Tensor, "t"]
) -> Literal["too_small", "converging", "oscillating", "diverging"]:
    """Name what gradient descent did in ``t`` epochs.

    Row k of ``params`` holds the p parameters before update k (row 0 is the start), and losses[k]
    is the loss that they gave. A step is the difference between one row and the next.

    - "diverging": the run blows up. The steps grow and the loss ends far above where it started,
      or numbers have become infinite or NaN.
    - "oscillating": at least one parameter is thrown to and fro for ever. Its steps change sign
      at every epoch and become neither longer nor shorter; the loss stops falling all the same.
    - "converging": the run has arrived. All steps have died out: the last is shorter than a
      hundredth of the first.
    - "too_small": the run is on its way and far from done. Every parameter has kept its
      direction, and the last step is still longer than a tenth of the first.

    Every record that is judged is a clear case of one of these, at least 40 epochs long, with one
    to three parameters in any order. Parameters and losses can be of any size: with y in
    millimetres instead of metres the answer stays the same.
    """
    # --- yours
    if not (params.isfinite().all() and losses.isfinite().all()):
        return "diverging"
    steps = params.diff(dim=0)
    lengths = steps.norm(dim=1)
    ratio = lengths[-1] / lengths[0]
    if ratio > 3:
        return "diverging"
    if ratio < 0.03:
        return "converging"
    turned_back = (steps[-1] * steps[-2] < 0).any()
    return "oscillating" if turned_back else "too_small"
    # --- end
