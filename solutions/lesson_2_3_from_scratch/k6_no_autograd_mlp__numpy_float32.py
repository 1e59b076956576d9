"""In NumPy, and in single precision; the weights are kept turned round."""

import numpy as np
from dataclasses import dataclass

import torch
from jaxtyping import Float
from torch import Tensor


@dataclass
class MlpParams:
    w1: Float[Tensor, "i h"]
    b1: Float[Tensor, "h"]
    w2: Float[Tensor, "h o"]
    b2: Float[Tensor, "o"]


class ManualMLP:
    def __init__(self, p: MlpParams) -> None:
        w1, b1, w2, b2 = (t.detach().numpy() for t in (p.w1, p.b1, p.w2, p.b2))
        self.params = {
            "w1": w1.T.astype(np.float32),
            "b1": b1.astype(np.float32),
            "w2": w2[:, 0].astype(np.float32),
            "b2": b2.astype(np.float32),
        }
        self.cache: dict[str, np.ndarray] = {}
        self.grads: dict[str, np.ndarray] = {}

    def forward(self, x: Float[Tensor, "n i"]) -> Float[Tensor, "n 1"]:
        p, data = self.params, x.detach().numpy().astype(np.float32)
        z = np.dot(data, p["w1"].T) + p["b1"]
        hidden = np.tanh(z)
        self.cache = {"x": data, "hidden": hidden}
        out = hidden.dot(p["w2"]) + p["b2"]
        print("forward", out.shape)
        return torch.from_numpy(out).reshape(-1, 1)

    def backward(self, gout: Float[Tensor, "n 1"]) -> None:
        g = gout.detach().numpy().astype(np.float32)[:, 0]
        hidden = self.cache["hidden"]
        dz = np.outer(g, self.params["w2"]) * (1.0 - hidden**2)
        self.grads = {
            "w1": np.dot(dz.T, self.cache["x"]),
            "b1": dz.sum(axis=0),
            "w2": np.dot(g, hidden),
            "b2": g.sum(keepdims=True),
        }

    def step(self, lr: float) -> None:
        for name, gradient in self.grads.items():
            self.params[name] = self.params[name] - np.float32(lr) * gradient
