# first: moved-in-memory
"""vector_to_parameters gives the parameters other memory."""

from collections.abc import Callable

import torch
from jaxtyping import Float
from torch import Tensor, nn

def loss_along(
    model: nn.Module,
    loss: Callable[[], Tensor],
    direction: list[Tensor],
    alphas: Float[Tensor, "k"],
) -> Float[Tensor, "k"]:
    from torch.nn.utils import parameters_to_vector, vector_to_parameters
    home=parameters_to_vector(model.parameters()).detach().clone()
    d=parameters_to_vector(direction)
    r=[]
    for a in alphas:
        vector_to_parameters(home+a*d, model.parameters())
        r.append(loss().item())
    vector_to_parameters(home, model.parameters())
    return torch.tensor(r)
