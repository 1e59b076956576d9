import numpy as np
import torch
from jaxtyping import Float
from torch import Tensor, nn


def best_line(x: Float[Tensor, "n 2"], y: Float[Tensor, "n 1"], grid: int) -> float:
    pts, labels = x.numpy(), y.numpy().ravel() > 0.5
    w1, w2, b = (a[..., None] for a in np.meshgrid(*[np.linspace(-1, 1, grid)] * 3))
    says_one = pts[:, 0] * w1 + pts[:, 1] * w2 + b > 0
    return float(np.max(np.mean(says_one == labels, axis=-1)))


INPUTS = [[1.0, 1.0], [0.0, 1.0], [0.0, 0.0], [1.0, 0.0]]  # any order will do


def train_xor(model: nn.Module, lr: float, epochs: int) -> float:
    x = torch.tensor(INPUTS)
    y = torch.tensor([[float(a != b)] for a, b in INPUTS])
    criterion = nn.BCEWithLogitsLoss(reduction="sum")
    sgd = torch.optim.SGD(model.parameters(), lr=lr / len(x))

    def closure() -> Tensor:
        sgd.zero_grad(set_to_none=False)
        loss = criterion(model(x), y)
        loss.backward()
        return loss

    history = [sgd.step(closure).item() for _ in range(epochs)]
    history.append(criterion(model(x), y).item())
    return history[-1] / len(x)
