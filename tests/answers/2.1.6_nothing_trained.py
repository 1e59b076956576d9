# first: nothing-reaches-the-model
import torch
from jaxtyping import Float
from torch import Tensor, nn


def train_classifier(
    model: nn.Module, x: Float[Tensor, "n d"], y: Float[Tensor, "n 1"], lr: float, epochs: int
) -> float:
    with torch.no_grad():
        predicted = (model(x) > 0.5).to(y.dtype)
    return (predicted == y).double().mean().item()
