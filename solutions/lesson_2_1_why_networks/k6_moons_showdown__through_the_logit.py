import torch
from jaxtyping import Float
from torch import Tensor, nn


def train_classifier(
    model: nn.Module, x: Float[Tensor, "n d"], y: Float[Tensor, "n 1"], lr: float, epochs: int
) -> float:
    adam = torch.optim.Adam([{"params": list(model.parameters())}], lr)
    criterion = nn.BCEWithLogitsLoss()
    step = 0
    while step < epochs:
        step += 1
        for p in model.parameters():
            p.grad = None
        p = model(x)
        # this loss wants logits, so the sigmoid is undone first
        criterion(torch.log(p) - torch.log1p(-p), y).backward()
        adam.step()
    guess = torch.where(model(x) > 0.5, 1.0, 0.0)
    wrong = torch.abs(guess - y).sum()
    return 1.0 - float(wrong) / y.shape[0]
