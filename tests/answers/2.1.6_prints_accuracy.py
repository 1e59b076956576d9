# first: nothing-returned
"""The accuracy is printed, not returned."""

import torch
from jaxtyping import Float
from torch import Tensor, nn


if __name__ == "__main__":  # the showdown; nothing below is judged
    from k1_two_moons import moons
    from k2_linear_classifier import LinearClassifier
    from k3_mlp_module import MLP

    x, y = moons(200, 0.2, torch.Generator().manual_seed(0))
    rivals = {
        "a line": lambda: LinearClassifier(2),
        "8 hidden units, relu": lambda: nn.Sequential(MLP(2, 8, 1), nn.Sigmoid()),
        "8 hidden units, tanh": lambda: nn.Sequential(MLP(2, 8, 1, torch.tanh), nn.Sigmoid()),
        "32 hidden units, relu": lambda: nn.Sequential(MLP(2, 32, 1), nn.Sigmoid()),
    }
    for name, new_model in rivals.items():
        shares = [train_classifier(new_model(), x, y, lr=0.05, epochs=300) for _ in range(5)]
        print(f"{name:22}", *(f"{share:.3f}" for share in shares))


def train_classifier(model: nn.Module, x: Float[Tensor, 'n d'], y: Float[Tensor, 'n 1'], lr: float, epochs: int) -> float:
    opt = torch.optim.Adam(model.parameters(), lr=lr)
    for epoch in range(epochs):
        opt.zero_grad()
        loss = nn.functional.binary_cross_entropy(model(x), y)
        loss.backward()
        opt.step()
    with torch.no_grad():
        accuracy = ((model(x) > 0.5) == (y > 0.5)).double().mean().item()
    print(f"accuracy: {accuracy:.1%}")
