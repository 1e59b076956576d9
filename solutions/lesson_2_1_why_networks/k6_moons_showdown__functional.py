import torch
import torch.nn.functional as F
from jaxtyping import Float
from torch import Tensor, nn


def accuracy(model: nn.Module, x: Tensor, y: Tensor) -> float:
    model.eval()
    with torch.inference_mode():
        hits = model(x).round().squeeze(1) == y.squeeze(1)
    return hits.sum().item() / hits.numel()


def train_classifier(
    model: nn.Module, x: Float[Tensor, "n d"], y: Float[Tensor, "n 1"], lr: float, epochs: int
) -> float:
    opt = torch.optim.Adam(params=model.parameters(), lr=lr)
    model.train()
    history = []
    for epoch in range(epochs):
        loss = F.binary_cross_entropy(model(x), y)
        loss.backward()
        opt.step()
        opt.zero_grad(set_to_none=True)
        history.append(loss.item())
        if epoch % 50 == 0:
            print(f"epoch {epoch:4d}  loss {history[-1]:.4f}")
    return accuracy(model, x, y)
