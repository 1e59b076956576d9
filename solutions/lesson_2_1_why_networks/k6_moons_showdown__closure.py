import numpy as np
import torch
from jaxtyping import Float
from torch import Tensor, nn


def train_classifier(
    model: nn.Module, x: Float[Tensor, "n d"], y: Float[Tensor, "n 1"], lr: float, epochs: int
) -> float:
    optimizer = torch.optim.Adam(model.parameters(), lr=lr)

    def closure() -> Tensor:
        model.zero_grad()
        loss = nn.BCELoss(reduction="none")(model(x), y).sum() / len(x)
        loss.backward()
        return loss

    for _ in range(epochs):
        optimizer.step(closure)
    p = model(x).detach().numpy()
    return float(np.mean((p > 0.5) == (y.numpy() > 0.5)))
