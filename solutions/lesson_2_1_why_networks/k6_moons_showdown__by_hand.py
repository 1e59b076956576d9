import torch
from jaxtyping import Float
from torch import Tensor, nn


def bce(p: Tensor, y: Tensor) -> Tensor:
    p = p.clamp(1e-7, 1 - 1e-7)
    return -(y * p.log() + (1 - y) * (1 - p).log()).mean()


def train_classifier(
    model: nn.Module, x: Float[Tensor, "n d"], y: Float[Tensor, "n 1"], lr: float, epochs: int
) -> float:
    params = list(model.parameters())
    m = [torch.zeros_like(p) for p in params]
    v = [torch.zeros_like(p) for p in params]
    for t in range(1, epochs + 1):
        grads = torch.autograd.grad(bce(model(x), y), params)
        with torch.no_grad():
            for i, (p, g) in enumerate(zip(params, grads)):
                m[i] = 0.9 * m[i] + 0.1 * g
                v[i] = 0.999 * v[i] + 0.001 * g * g
                m_hat = m[i] / (1 - 0.9**t)
                v_hat = v[i] / (1 - 0.999**t)
                p -= lr * m_hat / (v_hat.sqrt() + 1e-8)
    right = 0
    for p, label in zip(model(x).flatten().tolist(), y.flatten().tolist()):
        right += int((p > 0.5) == (label == 1.0))
    return right / len(y)
